import type { Page } from "@playwright/test";
import { HOME } from "../../lib/home";
import { Member } from "../../lib/members/contract";
import { becomeAnother, watchFor } from "../support/another-person";
import { expectNoViolations } from "../support/axe";
import { pressSignOut, rowOf, toastOf } from "../support/page";
import { apiIn, apiOf, fillSignIn, goToTenant, signedInPerson, tenantWithMember } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("a page of one person writes nothing as another who has signed in in another tab, and says who that is", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const first = await signedInPerson(page, stack, { tenant, groups: ["admin"] });
  await page.goto("/members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill(`zoe-${tenant}@people.example`);
  const other = await becomeAnother(page, stack, { tenant, groups: ["admin"] });
  await page.getByRole("button", { name: t("members.inviteSend") }).click();

  const told = page.getByRole("dialog", { name: t("another.title") });
  await expect(told).toContainText(other.email);
  await expectNoViolations(page, "somebody else is signed in");
  const members = Member.array().parse((await (await apiOf(stack, other)).get("/api/members")).body);
  expect(members.map(({ email }) => email).sort()).toEqual([first.email, other.email].sort());
  await told.getByRole("button", { name: t("another.load") }).click();
  await expect(told).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(other.email);
});

test("a page of one person signs nobody else out", { tag: ONCE }, async ({ page, stack, baseURL, t }) => {
  await signedInPerson(page, stack);
  // A page that hears something live would hear of the other one by itself, before anything is pressed.
  await page.goto("/account");
  const other = await becomeAnother(page, stack, { tenant: newTenant() });
  await pressSignOut(page);
  const told = page.getByRole("dialog", { name: t("another.title") });
  await expect(told).toContainText(other.email);
  await told.getByRole("button", { name: t("another.stay") }).click();
  await expect(told).toHaveCount(0);
  await expect(toastOf(page, t)).toContainText(t("errors.another_person"));
  expect((await (await apiIn(page, baseURL)).get("/api/user/me")).status).toBe(200);
});

for (const [way, go] of [
  ["a link", (page: Page) => page.getByRole("navigation").getByRole("link").first().click()],
  ["a search", (page: Page) => page.getByRole("searchbox").fill("zoe")],
  ["coming back online", (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("online")))],
] as const) {
  test(`after ${way}, what another person's tenant holds never stands under the first one's name`, {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    const user = await signedInPerson(page, stack, { groups: ["admin"] });
    await page.goto("/members");
    await expect(page.getByRole("banner")).toContainText(user.email);
    await expect(page.getByRole("button", { name: t("members.inviteTitle") })).toBeEnabled();
    const tenant = newTenant();
    const zoe = `zoe-${tenant}@people.example`;
    const other = await becomeAnother(page, stack, { tenant, groups: ["admin"] });
    await (await apiOf(stack, other)).post("/api/members", { email: zoe });
    const isMixed = await watchFor(page, user.email, zoe);
    await go(page);
    await expect(page.getByText(zoe, { exact: true })).toBeVisible();
    await expect(page.getByRole("banner")).toContainText(other.email);
    await expect(page.getByRole("banner")).toContainText(tenant);
    expect(await isMixed()).toBe(false);
    await expect(page.getByText(t("failure.offlineTitle"))).toHaveCount(0);
  });
}

test("a new password is not given to somebody else who is signing in in another tab", { tag: ONCE }, async ({
  page,
  context,
  stack,
  t,
}) => {
  const [one, another] = [
    await newUser(stack, { tenant: newTenant(), temporary: true }),
    await newUser(stack, { tenant: newTenant(), temporary: true }),
  ];
  const other = await context.newPage();
  for (const [tab, user] of [
    [page, one],
    [other, another],
  ] as const) {
    await tab.goto("/signin");
    await fillSignIn(tab, user);
    await expect(tab.getByText(user.email)).toBeVisible();
  }
  await page.getByLabel(t("forms.newPassword")).fill(`Of-the-first-${one.password}`);
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page.getByText(another.email)).toBeVisible();
  await other.getByLabel(t("forms.newPassword")).fill(`New-${another.password}`);
  await other.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(other.getByRole("banner")).toContainText(another.email);
});

test.describe("of an operator", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("a page of one tenant shows nothing of another that was chosen in another tab", { tag: ONCE }, async ({
    page,
    context,
    stack,
    t,
  }) => {
    const [first, second] = [await tenantWithMember(stack), await tenantWithMember(stack)];
    await signedInPerson(page, stack, { groups: ["operator"] });
    await page.goto(HOME);
    await goToTenant(page, first.tenant);
    await page.getByRole("link", { name: t("nav.members"), exact: true }).click();
    await expect(rowOf(page, first.user.email)).toBeVisible();
    const other = await context.newPage();
    await other.goto(HOME);
    await goToTenant(other, second.tenant);
    await expect(other.getByRole("banner")).toContainText(second.tenant);

    const isMixed = await watchFor(page, first.tenant, second.user.email);
    await page.getByRole("searchbox").fill("people");
    // What the router fetches is the second tenant's: the page is loaded anew as such.
    await expect(page.getByRole("region", { name: t("operator.banner") })).toContainText(second.tenant);
    await expect(rowOf(page, second.user.email)).toBeVisible();
    await expect(page.getByText(first.user.email)).toHaveCount(0);
    expect(await isMixed()).toBe(false);
  });
});
