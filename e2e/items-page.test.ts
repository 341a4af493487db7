import { Item } from "../lib/items/contract";
import { apiOf, hold, signedInPerson } from "./person";
import { expect, test } from "./test";
import { newMember, newTenant } from "./users";

test("an item is added, changed and, once confirmed, deleted", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Lantern");
  await page.getByLabel("Description").fill("Paper\nand wood");
  await page.getByRole("button", { name: "Add item" }).click();
  const row = page.getByRole("listitem");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Lantern");
  await expect(row).toContainText("Yours");

  await page.getByRole("button", { name: "Edit Lantern" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Lantern");
  await expect(page.getByLabel("Description")).toHaveValue("Paper\nand wood");
  await page.getByLabel("Name").fill("Gate");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Gate");

  await page.getByRole("button", { name: "Delete Gate" }).click();
  await expect(page.getByRole("dialog")).toContainText("Gate will be gone for everyone in your tenant.");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row).toHaveCount(1);
  await page.getByRole("button", { name: "Delete Gate" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No items yet")).toBeVisible();
});

test("a double click adds one item", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  const requests = await hold(page, "/api/items");
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Lantern");
  await page.getByRole("button", { name: "Add item" }).dblclick();
  await page.getByLabel("Name").press("Enter");
  await expect.poll(requests.count).toBe(1);
  requests.release();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  expect(requests.count()).toBe(1);
});

test("what is wrong with a field is said beside it, and what was typed stays", async ({ page, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("   ");
  await page.getByLabel("Description").fill("Keep me");
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Fill this in.");
  await expect(page.getByLabel("Description")).toHaveValue("Keep me");
});

test("when the server cannot be reached nothing that was typed is lost", async ({ page, context, stack }) => {
  await signedInPerson(page, stack);
  await page.goto("/items");
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Lantern");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("dialog")).toContainText("Nothing was saved; try again.");
  await expect(page.getByLabel("Name")).toHaveValue("Lantern");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();
});

test("an edit of what a colleague changed meanwhile is refused in words, and keeps their change", async ({
  page,
  stack,
}) => {
  const user = await signedInPerson(page, stack);
  const api = await apiOf(stack, user);
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await page.goto("/items");
  await page.getByRole("button", { name: "Edit Lantern" }).click();
  await page.getByLabel("Name").fill("My change");
  await api.patch(`/api/items/${id}`, { name: "Their change" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(
    "Someone else changed this in the meantime. Close and look at it again.",
  );
  await expect(page.getByLabel("Name")).toHaveValue("My change");
  await page.getByRole("button", { name: "Cancel" }).click();
  expect((await api.get(`/api/items/${id}`)).body).toMatchObject({ name: "Their change" });
  await expect(page.getByRole("listitem")).toContainText("Their change");
});

test("an edit of what a colleague deleted meanwhile says that it is gone", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await page.goto("/items");
  await page.getByRole("button", { name: "Edit Lantern" }).click();
  await api.delete(`/api/items/${id}`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText("This does not exist any more.");
});

test("a viewer sees everything and is offered nothing to write with", async ({ page, stack }) => {
  const tenant = newTenant();
  const member = await newMember(stack, { tenant });
  await member.post("/api/items", { name: "Lantern" });
  await member.post("/api/alerts", { title: "Smoke" });
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  for (const [path, text] of [
    ["/items", "Lantern"],
    ["/alerts", "Smoke"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("listitem").filter({ hasText: text })).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  }
});

test("a member may edit but not delete a colleague's item; an admin may do both", async ({ page, stack }) => {
  const tenant = newTenant();
  await (await newMember(stack, { tenant })).post("/api/items", { name: "Lantern" });
  await signedInPerson(page, stack, { tenant });
  await page.goto("/items");
  await expect(page.getByText("A colleague’s")).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit Lantern" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete Lantern" })).toHaveCount(0);

  await page.context().clearCookies();
  await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/items");
  await page.getByRole("button", { name: "Delete Lantern" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No items yet")).toBeVisible();
});

test("more than fifty items are paged, and the Back button goes back a page", async ({ page, stack }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  for (let index = 1; index <= 51; index++) await api.post("/api/items", { name: `Item ${index}.` });
  await page.goto("/items");
  await expect(page.getByRole("listitem")).toHaveCount(50);
  await expect(page.getByText("Item 51.")).toBeVisible();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText("Item 1.", { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("listitem")).toHaveCount(50);
  await page.goForward();
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).toHaveURL("/items");
  await expect(page.getByText("Item 51.")).toBeVisible();
});

test("text that looks like markup stays text", async ({ page, stack }) => {
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
  await expect(page).toHaveTitle(/^Items/);
});

test("an address with a cursor that is made up or too old leads to the first page", async ({
  page,
  stack,
}) => {
  await signedInPerson(page, stack);
  for (const path of ["/items", "/alerts"]) {
    await page.goto(`${path}?cursor=made-up`);
    await expect(page).toHaveURL(path);
  }
});
