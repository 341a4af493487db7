import { HOME } from "../../lib/home";
import { expectNoViolations, openPage } from "../support/axe";
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
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await expect(page.getByText(user.email)).toHaveCount(0);
  expect(stack.application.output()).toContain('"event":"tenant.operator_acts"');
});

test("a tenant that does not exist is none to work in", async ({ page, stack }) => {
  const { tenant } = await tenantWithMember(stack);
  const operator = await signedInPerson(page, stack, { groups: ["operator"] });
  const api = await apiOf(stack, operator);
  const mistyped = `${tenant}x`;
  const refused = await api.get("/api/user/tenant", { "X-Tenant-Id": mistyped });
  expect([refused.status, refused.body]).toEqual([404, expect.objectContaining({ code: "unknown_tenant" })]);
  expect((await api.get("/api/user/tenant", { "X-Tenant-Id": tenant })).status).toBe(200);
});

test("a tenant is found by what is typed of its name or id, by keys alone, and nothing is sent before", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const { tenant } = await tenantWithMember(stack);
  await signedInPerson(page, stack, { groups: ["operator"] });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/tenants")) asked.push(new URL(request.url()).search);
  });
  await page.clock.install();
  await openPage(page, HOME);
  expect(await page.content()).not.toContain(tenant);
  await page.getByRole("button", { name: t("operator.open") }).press("Enter");
  const field = page.getByRole("combobox", { name: t("operator.tenant") });
  await expect(field).toBeFocused();
  await expect(page.getByRole("option", { name: tenant })).toBeVisible();
  await expectNoViolations(page, "choosing a tenant");
  // However long the keys take, somebody types without a pause.
  await page.clock.pauseAt(Date.now() + 10_000);
  await page.keyboard.type("no such tenant");
  await page.clock.resume();
  await expect(page.getByText(t("palette.nothing"))).toBeVisible();
  expect(asked).toHaveLength(2);
  await field.fill(tenant);
  await expect(page.getByRole("option", { selected: true })).toContainText(tenant);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: t("operator.banner") })).toContainText(tenant);
});

test("a search that fails says so, and a tenant that is gone by now", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const { tenant } = await tenantWithMember(stack);
  await signedInPerson(page, stack, { groups: ["operator"] });
  await openPage(page, HOME);
  await page.route("**/api/tenants?*", (route) => route.abort());
  await page.getByRole("button", { name: t("operator.open") }).click();
  await expect(page.getByRole("alert").filter({ hasText: t("palette.failed") })).toBeVisible();
  await page.unroute("**/api/tenants?*");
  await page.route("**/api/tenants?*", async (route) => {
    const answer = await route.fetch();
    const rows = (await answer.json()) as { id: string }[];
    await route.fulfill({ response: answer, json: rows.map((row) => ({ ...row, id: `${row.id}-gone` })) });
  });
  await page.getByRole("combobox", { name: t("operator.tenant") }).fill(tenant);
  await page.getByRole("option", { name: tenant }).click();
  await expect(page.getByRole("alert").filter({ hasText: t("errors.unknown_tenant") })).toBeVisible();
});
