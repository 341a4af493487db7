import { HOME } from "../../lib/home";
import { expectNoViolations } from "../support/axe";
import { rowOf } from "../support/page";
import { pagesOf } from "../support/pages";
import { apiOf, goToTenant, signedInPerson, tenantWithMember } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

test("an operator is at work in another tenant, sees it said on every page, and leaves again", async ({
  page,
  stack,
  t,
}) => {
  const { tenant, user } = await tenantWithMember(stack);
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto(HOME);
  await expect(page.getByRole("region", { name: t("operator.banner") })).toHaveCount(0);
  await goToTenant(page, tenant);
  const banner = page.getByRole("region", { name: t("operator.banner") });
  await expect(banner).toContainText(tenant);
  await page.getByRole("link", { name: t("nav.members"), exact: true }).click();
  await expect(rowOf(page, user.email)).toBeVisible();
  await expect(page.getByRole("button", { name: t("members.inviteTitle") })).toHaveCount(0);
  await expectNoViolations(page, "foreign tenant");
  for (const name of [...pagesOf("operator"), "members"]) {
    await page.goto(`/${name}`);
    await expect(banner, name).toContainText(tenant);
  }
  await page.getByRole("button", { name: t("operator.leave", { tenant }) }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText(user.email)).toHaveCount(0);
  expect(stack.application.output()).toContain('"event":"tenant.operator_acts"');
});

test("a tenant that does not exist is none to work in, and those that do are offered", async ({
  page,
  stack,
  t,
}) => {
  const { tenant } = await tenantWithMember(stack);
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const api = await apiOf(stack, operator);
  const mistyped = `${tenant}x`;
  const refused = await api.get("/api/user/tenant", { "X-Tenant-Id": mistyped });
  expect([refused.status, refused.body]).toEqual([404, expect.objectContaining({ code: "unknown_tenant" })]);
  expect((await api.get("/api/user/tenant", { "X-Tenant-Id": tenant })).status).toBe(200);
  await page.goto(HOME);
  await goToTenant(page, mistyped);
  await expect(page.getByRole("dialog").getByText(t("errors.unknown_tenant"))).toBeVisible();
  await expect(page.locator(`datalist option[value="${tenant}"]`)).toHaveCount(1);
  await expect(page.getByRole("region", { name: t("operator.banner") })).toHaveCount(0);
});

test("a name that is no tenant's is told beside its field", { tag: ONCE }, async ({ page, stack, t }) => {
  await signedInPerson(page, stack, { groups: ["operator"] });
  await page.goto(HOME);
  await goToTenant(page, "No Tenant!");
  await expect(page.getByRole("combobox", { name: t("operator.tenant") })).toHaveAccessibleDescription(
    new RegExp(t("faults.not_a_tenant")),
  );
  await expectNoViolations(page, "choosing a tenant, with a fault");
});
