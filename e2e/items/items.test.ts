import { readFile } from "node:fs/promises";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { Item } from "../../lib/items/contract";
import type { Api } from "../support/api";
import { UNKNOWN_ID } from "../support/api-contract";
import { hold, isVisit } from "../support/hold";
import { apiOf, fillSignIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newMember, newTenant } from "../support/users";
import { addItems, addNumbered, itemRow, itemRows, openerOf } from "./rows";

test("an item is added, changed, deleted, and put back", async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByLabel(t("items.description")).fill("Paper\nand wood");
  await page.getByRole("button", { name: t("items.add") }).click();
  const row = itemRows(page);
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Lantern");
  await expect(row).toContainText(t("people.you"));

  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await expect(page.getByLabel(t("items.name"))).toHaveValue("Lantern");
  await expect(page.getByLabel(t("items.description"))).toHaveValue("Paper\nand wood");
  await page.getByLabel(t("items.name")).fill("Gate");
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(row).toContainText("Gate");

  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Gate" }) }).click();
  await expect(page.getByText(t("items.none"))).toBeVisible();
  await expect(page.getByText(t("items.deleted", { name: "Gate" }))).toBeVisible();
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(row).toContainText("Gate");
  await expect(page.getByText(t("items.restored", { name: "Gate" }))).toBeVisible();
  await page.reload();
  await expect(row).toContainText("Gate");
});

test("what is said to be deleted is gone, also for whoever leaves at once", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Lantern", "Gate"]);
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Gate" }) }).click();
  await expect(page.getByText(t("items.deleted", { name: "Gate" }))).toBeVisible();
  await page.goto("about:blank");
  expect(await namesOf(api)).toEqual(["Lantern"]);
});

test("a double click adds one item", { tag: ONCE }, async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  const requests = await hold(page, "/api/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).dblclick();
  await page.getByLabel(t("items.name")).press("Enter");
  await expect.poll(requests.count).toBe(1);
  requests.release();
  await expect(itemRows(page)).toHaveCount(1);
  expect(requests.count()).toBe(1);
});

test("what is wrong with a field is said beside it, and what was typed stays", async ({ page, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("   ");
  await page.getByLabel(t("items.description")).fill("Keep me");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByLabel(t("items.name"))).toHaveAccessibleDescription(t("faults.required"));
  await expect(page.getByLabel(t("items.description"))).toHaveValue("Keep me");
});

test("of an item that a colleague changed meanwhile both versions are shown, and one chooses", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const [id] = await addItems(api, ["Lantern"]);
  await page.goto("/items");
  const dialog = page.getByRole("dialog");
  const name = page.getByLabel(t("items.name"), { exact: true });

  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await name.fill("My change");
  await api.patch(`/api/items/${id}`, { name: "Their change" });
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(dialog.getByRole("alert")).toContainText(t("items.conflict"));
  await expect(dialog.getByRole("alert")).toContainText("Their change");
  await expect(name).toHaveValue("My change");
  await api.patch(`/api/items/${id}`, { name: "Changed once more" });
  await page.getByRole("button", { name: t("items.overwrite") }).click();
  await expect(dialog.getByRole("alert")).toContainText("Changed once more");
  await page.getByRole("button", { name: t("items.overwrite") }).click();
  await expect(itemRows(page)).toContainText("My change");
  expect(await namesOf(api)).toEqual(["My change"]);

  await page.getByRole("button", { name: openerOf(t, "My change") }).click();
  await name.fill("Mine again");
  await api.patch(`/api/items/${id}`, { name: "Theirs again" });
  await page.getByRole("button", { name: t("common.save") }).click();
  await page.getByRole("button", { name: t("items.takeTheirs") }).click();
  await expect(name).toHaveValue("Theirs again");
  await expect(name).toBeFocused();
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(itemRows(page)).toContainText("Theirs again");
});

test("an edit of what a colleague deleted meanwhile says that it is gone", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await page.goto("/items");
  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await api.delete(`/api/items/${id}`);
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("errors.not_found"));
});

test("what is being edited stays open when the list comes without it", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await page.goto("/items");
  const list = await hold(page, "/items?_rsc=*", isVisit);
  await api.post("/api/items", { name: "Gate" });
  await expect.poll(list.count).toBe(1);
  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  const name = page.getByLabel(t("items.name"), { exact: true });
  await name.fill("My change");
  await api.delete(`/api/items/${id}`);
  list.release();
  await expect(itemRows(page)).toHaveText([/Gate/]);
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("errors.not_found"));
  await expect(name).toHaveValue("My change");
});

test("a viewer sees everything and is offered nothing to write with", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  await (await newMember(stack, { tenant })).post("/api/items", { name: "Lantern" });
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto("/items");
  await expect(itemRow(page, "Lantern")).toBeVisible();
  await expect(itemRows(page).getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("button", { name: t("items.new"), exact: true })).toHaveCount(0);
});

test("a member may edit but not delete a colleague's item; an admin may do both", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  await (await newMember(stack, { tenant })).post("/api/items", { name: "Lantern" });
  await signedInPerson(page, stack, { tenant });
  await page.goto("/items");
  await expect(page.getByText(t("people.colleague"))).toBeVisible();
  await expect(page.getByRole("button", { name: openerOf(t, "Lantern") })).toBeVisible();
  await expect(page.getByRole("button", { name: t("items.deleteNamed", { name: "Lantern" }) })).toHaveCount(
    0,
  );

  await page.context().clearCookies();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Lantern" }) }).click();
  await expect(page.getByText(t("items.none"))).toBeVisible();
});

test("text that looks like markup stays text", { tag: ONCE }, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const names = [
    `<img src=x onerror="document.title='owned'">`,
    "</script><script>document.title='owned'</script>",
    "{{7*7}}",
  ];
  for (const name of names) await api.post("/api/items", { name, description: name });
  await page.goto("/items");
  for (const name of names) await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page).toHaveTitle(`${t("items.title")} · Sekisho`);
});

test("more than a hundred items are loaded a page at a time; what others add, Back and reload keep the place", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addNumbered(api, 120);
  await page.goto("/items");
  const rows = itemRows(page);
  await expect(rows).toHaveCount(50);
  await page.getByRole("button", { name: t("ui.loadMore") }).click();
  await expect(rows).toHaveCount(100);
  await page.getByRole("button", { name: t("ui.loadMore") }).click();
  await expect(rows).toHaveCount(120);
  await expect(page.getByRole("button", { name: t("ui.loadMore") })).toHaveCount(0);
  await page.getByText("Item 1.", { exact: true }).scrollIntoViewIfNeeded();
  await api.post("/api/items", { name: "Newer" });
  await expect(rows).toHaveCount(121);
  await expect(page.getByText("Item 1.", { exact: true })).toBeInViewport();

  // A real click would scroll up to the link first.
  await page.getByRole("link", { name: t("nav.account") }).evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole("heading", { name: t("nav.account") })).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(121);
  await expect(page.getByText("Item 1.", { exact: true })).toBeInViewport();
  await page.reload();
  await expect(rows).toHaveCount(120);
});

test("one searches as one types; the address holds it for Back, reload and others", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Lantern", "Gate 100%", "East gate"]);
  await page.goto("/items");
  const rows = itemRows(page);
  const field = page.getByRole("searchbox");
  await field.pressSequentially("GATE");
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL("/items?q=GATE");
  await field.pressSequentially(" 100%");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL("/items?q=GATE+100%25");
  await expect(field).toBeFocused();
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(field).toHaveValue("GATE 100%");
  await page.goBack();
  await expect(rows).toHaveCount(3);
  await expect(field).toHaveValue("");

  await field.fill("nowhere");
  await expect(page.getByText(t("items.nothingFound"))).toBeVisible();
  await expect(page.getByText(t("items.nothingFoundWords", { q: "nowhere" }))).toBeVisible();
  await page.getByRole("button", { name: t("items.clear") }).click();
  await expect(rows).toHaveCount(3);
});

test("an answer that comes late does not replace a later one, what one types stays, and Back undoes it", {
  tag: ONCE,
}, async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Lantern", "Gate", "Garden"]);
  await page.goto("/items");
  const early = await hold(page, /\/items\?q=Ga(&|$)/, isVisit);
  const field = page.getByRole("searchbox");
  await field.fill("Ga");
  await expect.poll(early.count).toBe(1);
  await expect(page.locator("[aria-busy=true]")).toBeVisible();
  await field.fill("Gard");
  await expect(itemRows(page)).toHaveCount(1);
  early.release();
  await page.unrouteAll({ behavior: "wait" });
  await expect(itemRows(page)).toHaveText([/Garden/]);
  await expect(field).toHaveValue("Gard");
  await expect(page).toHaveURL("/items?q=Gard");
  await page.goBack();
  await expect(page).toHaveURL("/items");
  await expect(itemRows(page)).toHaveCount(3);
});

test("the dialogs have addresses: a reload opens them again, Back closes them", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const [id] = await addItems(api, ["Lantern", "Gate"]);
  await page.goto("/items?q=ga");
  await page.goto("/items");
  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await expect(page).toHaveURL(`/items?item=${id}`);
  await page.reload();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel(t("items.name"))).toHaveValue("Lantern");
  await page.goBack();
  await expect(page).toHaveURL("/items");
  await expect(dialog).toHaveCount(0);
  await page.goto("/items?item=new");
  await expect(dialog).toContainText(t("items.new"));
  await page.getByRole("button", { name: t("common.cancel") }).click();
  await expect(page).toHaveURL("/items");
  await expect(dialog).toHaveCount(0);

  // Also of an item that is not among the rows shown.
  await page.goto(`/items?q=gate&item=${id}`);
  await expect(dialog.getByLabel(t("items.name"))).toHaveValue("Lantern");
  for (const item of [UNKNOWN_ID, "1"]) {
    await page.goto(`/items?item=${item}`);
    await expect(page.getByRole("heading", { name: t("notFound.title") })).toBeVisible();
    // The frame stays: one goes on from there.
    await expect(page.getByRole("navigation", { name: t("nav.label") })).toBeVisible();
  }
});

test("what was typed when the session had ended is there again after signing in", async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByLabel(t("items.description")).fill("A long story");
  await (await apiOf(stack, user)).post("/api/user/logout");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByText(t("errors.session_ended"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/items?item=new");
  await expect(page.getByLabel(t("items.name"), { exact: true })).toHaveValue("Lantern");
  await expect(page.getByLabel(t("items.description"))).toHaveValue("A long story");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(itemRows(page)).toContainText("Lantern");
  await page.getByRole("button", { name: t("items.new") }).click();
  await expect(page.getByLabel(t("items.name"), { exact: true })).toHaveValue("");
});

test("what one searched for leaves as a CSV file that no spreadsheet calculates with", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(api, ["Other", "=1+1 gate", 'The "gate", 関所']);
  await page.goto("/items?q=gate");
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: t("items.export") }).click();
  const download = await started;
  expect(download.suggestedFilename()).toMatch(/^items-t-\w+-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  const names = text
    .split("\r\n")
    .slice(1, -1)
    .map((line) => /^"[^"]+",("(?:[^"]|"")*")/.exec(line)?.[1]);
  expect(names).toEqual(['"The ""gate"", 関所"', `"'=1+1 gate"`]);
});

test("what bob of the demo adds, carol of another tenant does not see", { tag: ONCE }, async ({
  browser,
  page,
  baseURL,
  t,
}) => {
  const other = await browser.newPage({ baseURL });
  for (const [each, email] of [
    [page, "bob@acme.example"],
    [other, "carol@globex.example"],
  ] as const) {
    await each.goto("/signin?callbackUrl=/items");
    await fillSignIn(each, { email, password: DEMO_PASSWORD });
    await expect(each).toHaveURL("/items");
  }
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(itemRow(page, "Lantern")).toBeVisible();
  await other.reload();
  await expect(other.getByText(t("items.none"))).toBeVisible();
  await expect(other.getByText("Lantern")).toHaveCount(0);
});

async function namesOf(api: Api): Promise<string[]> {
  return ((await api.get("/api/items")).body as Item[]).map(({ name }) => name);
}
