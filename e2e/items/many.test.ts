import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import type { Api } from "../support/api";
import { expectNoViolations } from "../support/axe";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newMember, newTenant } from "../support/users";
import { addItems, itemRows, openerOf } from "./rows";

/** Signs somebody in where a colleague has an item already. @returns the API as they have it. */
async function besideTheirs(page: Page, stack: Stack): Promise<Api> {
  const tenant = newTenant();
  await addItems(await newMember(stack, { tenant }), ["Theirs"]);
  return apiOf(stack, await signedInPerson(page, stack, { tenant }));
}

test("the table is ordered by its columns and narrowed to what is one's own, and says how many there are", async ({
  page,
  stack,
  t,
}) => {
  const api = await besideTheirs(page, stack);
  const [gate] = await addItems(api, ["Gate", "Lantern"]);
  await api.patch(`/api/items/${gate}`, { description: "Oak" });
  await page.goto("/items");
  const rows = itemRows(page);
  await expect(rows).toContainText(["Lantern", "Gate", "Theirs"]);
  await expect(page.getByText(t("items.count", { count: 3, more: "false" }), { exact: true })).toBeVisible();
  const byName = page.getByRole("button", { name: t("items.name"), exact: true });
  await byName.click();
  await expect(page).toHaveURL("/items?sort=name");
  await expect(rows).toContainText(["Gate", "Lantern", "Theirs"]);
  await expect(page.getByRole("columnheader").filter({ has: byName })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await byName.click();
  await expect(rows).toContainText(["Theirs", "Lantern", "Gate"]);
  await page.getByRole("button", { name: t("items.changed"), exact: true }).click();
  await expect(rows).toContainText(["Gate", "Lantern", "Theirs"]);
  await page.getByRole("combobox", { name: t("items.owner") }).selectOption({ label: t("items.mine") });
  await expect(page).toHaveURL("/items?sort=-changed&owner=me");
  await expect(rows).toContainText(["Gate", "Lantern"]);
  await expect(page.getByText(t("items.found", { count: 2, more: "false" }))).toBeVisible();
  await page.getByRole("searchbox").fill("oak");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL("/items?q=oak&sort=-changed&owner=me");
  await page.reload();
  await expect(rows).toContainText(["Gate"]);
  await page.getByRole("searchbox").fill("iron");
  await page.getByRole("button", { name: t("items.clear") }).click();
  await expect(rows).toHaveCount(3);
});

test("those that are ticked leave as a file, are deleted together and put back together", async ({
  page,
  stack,
  t,
}) => {
  const api = await besideTheirs(page, stack);
  await addItems(api, ["First", "Second", "Third"]);
  await page.goto("/items");
  await page.getByLabel(t("items.select", { name: "First" })).check();
  await page.getByLabel(t("items.select", { name: "Third" })).check();
  await expectNoViolations(page, "items, two ticked");
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: t("items.exportSelected") }).click();
  const file = await readFile(await (await started).path(), "utf8");
  expect(file).toMatch(/"Third".*"First"/s);
  expect(file).not.toContain("Second");

  await page.getByLabel(t("items.selectAll")).check();
  await expect(page.getByText(t("items.selected", { count: 4 }))).toBeVisible();
  // What is a colleague's, one may not delete.
  await page.getByRole("button", { name: t("items.deleteSelected", { count: 3 }) }).click();
  await expect(page.getByText(t("items.deletedMany", { count: 3 }))).toBeVisible();
  await expect(itemRows(page)).toContainText(["Theirs"]);
  await page.getByRole("button", { name: t("items.undo") }).click();
  await expect(page.getByText(t("items.restoredMany", { count: 3 }))).toBeVisible();
  await expect(itemRows(page)).toHaveCount(4);
});

test("an item has a page of its own, with its history for those who may read the record", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const admin = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, admin);
  const [id = ""] = await addItems(api, ["Lantern"]);
  await page.goto("/items");
  await page.getByRole("button", { name: openerOf(t, "Lantern") }).click();
  await page.getByRole("link", { name: t("items.openPage") }).click();
  await expect(page).toHaveURL(`/items/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lantern");
  await page.getByRole("button", { name: t("items.edit") }).click();
  await page.getByLabel(t("items.name")).fill("Gate");
  await page.getByLabel(t("items.description")).fill("Oak\nand iron");
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gate");
  await expect(page.getByText("Oak\nand iron")).toBeVisible();
  const history = page.getByRole("region", { name: t("items.history") });
  await expect(history.getByRole("listitem")).toHaveCount(2);
  await expectNoViolations(page, "page of an item");

  await page.goto("/audit?action=item");
  await page.getByRole("main").getByRole("link", { name: "Gate" }).first().click();
  await expect(page).toHaveURL(`/items/${id}`);

  await page.context().clearCookies();
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto("/items");
  await itemRows(page).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gate");
  await expect(history).toHaveCount(0);
  await expect(page.getByRole("button", { name: t("items.edit") })).toHaveCount(0);
});

test("an item of another tenant and one that is none have no page", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const [foreign] = await addItems(await newMember(stack), ["Theirs"]);
  await signedInPerson(page, stack);
  for (const id of [foreign, "none"]) {
    const answer = await page.goto(`/items/${id}`);
    expect(answer?.status(), id).toBe(404);
    await expect(page.getByRole("heading", { name: t("notFound.title") })).toBeVisible();
  }
});
