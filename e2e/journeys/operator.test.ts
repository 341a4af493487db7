import { expectNoViolations } from "../support/axe";
import { apiOf, goToTenant, signedInPerson, tenantWithItem } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("an operator works in another tenant, sees it said on every page, and leaves again", async ({
  page,
  stack,
  t,
}) => {
  const { tenant, user } = await tenantWithItem(stack, "Lantern of the tenant");
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await expect(page.getByRole("region", { name: t("operator.banner") })).toHaveCount(0);
  await goToTenant(page, tenant);
  const banner = page.getByRole("region", { name: t("operator.banner") });
  await expect(banner).toContainText(tenant);
  await expect(page.getByText("Lantern of the tenant")).toBeVisible();
  await expectNoViolations(page, "foreign tenant");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Left by the operator");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Left by the operator" })).toBeVisible();
  for (const path of ["/alerts", "/account", "/items"]) {
    await page.goto(path);
    await expect(banner).toContainText(tenant);
  }
  await page.getByRole("button", { name: t("operator.leave", { tenant }) }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("Lantern of the tenant")).toHaveCount(0);

  const seen = await (await apiOf(stack, user)).get("/api/items");
  expect(seen.text).toContain("Left by the operator");
  expect(stack.application.output()).toContain('"event":"tenant.operator_acts"');
});

test("a tenant that does not exist is none to work in, and those that do are offered", async ({
  page,
  stack,
  t,
}) => {
  const { tenant } = await tenantWithItem(stack, "Lantern of the tenant");
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const api = await apiOf(stack, operator);
  const mistyped = `${tenant}x`;
  const refused = await api.get("/api/items", { "X-Tenant-Id": mistyped });
  expect([refused.status, refused.body]).toEqual([404, expect.objectContaining({ code: "unknown_tenant" })]);
  expect((await api.get("/api/items", { "X-Tenant-Id": tenant })).status).toBe(200);
  await page.goto("/items");
  await goToTenant(page, mistyped);
  await expect(page.getByRole("dialog").getByText(t("errors.unknown_tenant"))).toBeVisible();
  await expect(page.locator(`datalist option[value="${tenant}"]`)).toHaveCount(1);
  await expect(page.getByRole("region", { name: t("operator.banner") })).toHaveCount(0);
});

test("a name that is no tenant's is told beside its field", { tag: ONCE }, async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto("/items");
  await goToTenant(page, "No Tenant!");
  await expect(page.getByRole("combobox", { name: t("operator.tenant") })).toHaveAccessibleDescription(
    new RegExp(t("faults.tenant")),
  );
  await expectNoViolations(page, "choosing a tenant, with a fault");
});
