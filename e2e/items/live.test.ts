import { Item } from "../../lib/items/contract";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newMember, newTenant } from "../support/users";

test("what others add, change and delete shows without loading again, under a search too, and what is ticked and gone is no longer", async ({
  page,
  browser,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const [lantern, gate] = [
    Item.parse((await api.post("/api/items", { name: "Lantern" })).body),
    Item.parse((await api.post("/api/items", { name: "Gate" })).body),
  ];
  await signedInPerson(page, stack, { tenant });
  const other = await browser.newPage({ baseURL: stack.application.url });
  await apiOf(stack, await signedInPerson(other, stack, { tenant }));
  const streams = [page, other].map((each) => each.waitForResponse("**/api/items/stream*"));
  await page.goto("/items");
  await other.goto("/items?q=lan");
  await Promise.all(streams);
  await api.post("/api/items", { name: "Lance" });
  for (const each of [page, other]) await expect(each.getByText("Lance")).toBeVisible();
  await expect(page.getByText(t("items.count", { count: 3, more: "false" }))).toBeVisible();

  await page.getByLabel(t("items.select", { name: "Gate" })).check();
  await api.patch(`/api/items/${lantern.id}`, { name: "Bronze lantern" });
  for (const each of [page, other]) await expect(each.getByText("Bronze lantern")).toBeVisible();
  await expect(page.getByLabel(t("items.select", { name: "Gate" }))).toBeChecked();
  await api.delete(`/api/items/${gate.id}`);
  await expect(page.getByText(t("items.count", { count: 2, more: "false" }))).toBeVisible();
  await other.close();
});

test("what is being edited is not taken away by what others change", async ({ page, stack, t }) => {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await signedInPerson(page, stack, { tenant });
  const stream = page.waitForResponse("**/api/items/stream*");
  await page.goto(`/items?item=${id}`);
  await stream;
  const name = page.getByRole("dialog").getByLabel(t("items.name"));
  await name.fill("Mine");
  await api.patch(`/api/items/${id}`, { name: "Theirs" });
  await api.post("/api/items", { name: "Gate" });
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("Theirs");
  await expect(name).toHaveValue("Mine");
  await page.getByRole("button", { name: t("common.cancel") }).click();
  for (const each of ["Theirs", "Gate"]) await expect(page.getByText(each)).toBeVisible();
});
