import { apiOf, goToTenant, signedInPerson, tenantWithItem } from "../support/person";
import { expect, test } from "../support/test";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("an operator works in another tenant, sees it said on every page, and leaves again", async ({
  page,
  stack,
}) => {
  const { tenant, user } = await tenantWithItem(stack, "Lantern of the tenant");
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await expect(page.getByRole("region", { name: "Foreign tenant" })).toHaveCount(0);
  await goToTenant(page, tenant);
  const banner = page.getByRole("region", { name: "Foreign tenant" });
  await expect(banner).toContainText(tenant);
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Name").fill("Left by the operator");
  await page.getByRole("button", { name: "Add item" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Left by the operator" })).toBeVisible();
  for (const path of ["/alerts", "/account", "/items"]) {
    await page.goto(path);
    await expect(banner).toContainText(tenant);
  }
  await page.getByRole("button", { name: `Leave ${tenant}` }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("Lantern of the tenant")).toHaveCount(0);

  const seen = await (await apiOf(stack, user)).get("/api/items");
  expect(seen.text).toContain("Left by the operator");
  expect(stack.application.output()).toContain('"event":"tenant.operator_acts"');
});

test("a name that is no tenant's is told beside its field", async ({ page, stack }) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await goToTenant(page, "No Tenant!");
  await expect(page.getByRole("textbox", { name: "Tenant" })).toHaveAccessibleDescription(
    /not the name of a tenant/,
  );
});

test("a viewer is shown everything and offered nothing to change", async ({ page, stack }) => {
  const { tenant, user } = await tenantWithItem(stack, "Lantern of the tenant");
  await (await apiOf(stack, user)).post("/api/alerts", { title: "Smoke" });
  await signedInPerson(page, stack, { tenant, groups: ["viewer"] });
  await page.goto("/items");
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  for (const name of ["New item", "Edit", "Delete"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.goto("/alerts");
  await expect(page.getByText("Smoke")).toBeVisible();
  for (const name of ["Raise alert", "Acknowledge", "Resolve"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
});
