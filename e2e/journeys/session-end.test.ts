import { HOME } from "../../lib/home";
import { pressSignOut, rowOf } from "../support/page";
import { PAGES } from "../support/pages";
import { apiOf, fillSignIn, inviteMany, signedInPerson } from "../support/person";
import { expectMetOnNextPage } from "../support/session-end";
import { expect, ONCE, test } from "../support/test";

test("after signing out the Back button shows nothing any more", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const { email } = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/members");
  await expect(rowOf(page, email)).toBeVisible();
  await page.goto("/account");
  await pressSignOut(page);
  await expect(page).toHaveURL(/\/signin/);
  for (const _ of ["account", "members"]) {
    await page.goBack();
    await expect(page.getByRole("heading", { name: t("signin.title") })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByRole("heading", { name: t("signin.title") })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
});

test("signing out in one tab ends the other at its next click, and signing in again brings one back", {
  tag: ONCE,
}, async ({ page, context, stack, t }) => {
  const user = await signedInPerson(page, stack);
  const other = await context.newPage();
  await other.goto(HOME);
  await page.goto(HOME);
  await pressSignOut(page);
  await expect(page).toHaveURL(/\/signin/);
  await other.getByRole("link", { name: t("nav.account") }).click();
  await expect(other).toHaveURL(/\/signin\?callbackUrl=%2Faccount/);
  await fillSignIn(other, user);
  await expect(other).toHaveURL("/account");
});

test("a session that ended elsewhere is met politely on the next page, and signing in leads back to it", async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto(HOME);
  await (await apiOf(stack, user)).post("/api/user/logout");
  await page.goto("/members?status=invited");
  await expect(page.getByText(t("errors.session_ended"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/members?status=invited");
});

test("a session that ended elsewhere while one was typing leads to signing in and back to the page", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  await page.goto("/members");
  await page.getByRole("button", { name: t("members.inviteTitle") }).click();
  await page.getByRole("dialog").getByLabel(t("members.emailAddress")).fill("zoe@people.example");
  await (await apiOf(stack, user)).post("/api/user/logout");
  await page.getByRole("button", { name: t("members.inviteSend") }).click();
  await expect(page).toHaveURL(/\/signin\?/);
  await expect(page.getByText(t("errors.session_ended"))).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL("/members");
  await expect(rowOf(page, user.email)).toBeVisible();
  await expect(page.getByText("zoe@people.example")).toHaveCount(0);
});

test("a session that ended elsewhere is met by the next page of a list", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const user = await signedInPerson(page, stack, { groups: ["admin"] });
  await inviteMany(await apiOf(stack, user), 51);
  await expectMetOnNextPage(page, "/audit", page.getByRole("link", { name: t("ui.older") }));
});

test("who belongs to no tenant is told so on every page, and can sign out", async ({ page, stack, t }) => {
  const user = await signedInPerson(page, stack, { tenant: undefined });
  for (const path of [...PAGES, "/"]) {
    await page.goto(path);
    await expect(page).toHaveURL("/no-tenant");
    await expect(page.getByRole("heading", { name: t("noTenant.none") })).toBeVisible();
    await expect(page.getByText(user.email)).toBeVisible();
  }
  await page.getByRole("button", { name: t("nav.signOut"), exact: true }).click();
  await expect(page).toHaveURL(/\/signin/);
});
