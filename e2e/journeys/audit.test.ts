import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { newTenant } from "../support/users";

test("the page says it in sentences, with filters in the address", async ({ page, stack }) => {
  const tenant = newTenant();
  const user = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  await api.post("/api/items", { name: "Lantern" });
  const zoe = `zoe-${tenant}@people.example`;
  await api.post("/api/members", { email: zoe, role: "viewer" });
  await page.goto("/items");
  await page.getByRole("link", { name: "Audit" }).click();
  const rows = page.getByRole("listitem");
  await expect(rows.nth(0)).toContainText(`${user.email} invited ${zoe} as viewer`);
  await expect(rows.nth(1)).toContainText(`${user.email} added the item “Lantern”`);
  await expect(rows.nth(2)).toContainText(`${user.email} signed in from a script, on a new device`);
  await page.getByLabel("Action").selectOption({ label: "Item: all" });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/\/audit\?.*action=item/);
  await page.reload();
  await expect(page.getByLabel("Action")).toHaveValue("item");
  await page.getByLabel("What").fill("no such thing");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Nothing fits")).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(rows).toHaveCount(4);
});
