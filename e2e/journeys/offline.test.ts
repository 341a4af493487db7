import { HOME } from "../../lib/home";
import { click, goWithout, OUTAGES, type Way } from "../support/outages";
import { openOwnMenu, rowsOf } from "../support/page";
import { apiOf, inviteMany, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant } from "../support/users";
import type { Words } from "../support/words";

/** From the list of members. In this order: back and forth, so that nothing is loaded in between. */
const waysOf = (t: Words): Way[] => [
  { does: (page) => page.getByRole("searchbox").fill("lan"), to: /\?q=lan$/ },
  { does: click("link", t("nav.audit")), to: /\/audit$/ },
  { does: (page) => page.locator("[name=outcome]").selectOption("done"), to: /\?outcome=done$/ },
  { does: (page) => page.evaluate(() => window.history.back()), to: /\/audit$/, isKnown: true },
  { does: click("link", t("ui.older")), to: /cursor=/ },
  {
    does: async (page) => {
      await openOwnMenu(page);
      await page.getByText(t("preferences.dark"), { exact: true }).click();
    },
    to: /\/audit/,
  },
];

for (const [outage, begin] of OUTAGES) {
  test(`${outage}, nothing leaves the page, and what one did goes on as soon as there is a connection`, {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    await inviteMany(await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] })), 51);
    await page.goto("/members");
    await expect(page.getByRole("button", { name: t("members.inviteTitle") })).toBeEnabled();
    await goWithout(begin, page, t, waysOf(t));
  });

  test(`${outage}, Cancel after a refused write leaves the list where it was, and one can go on writing`, {
    tag: ONCE,
  }, async ({ page, context, stack, t }) => {
    const { email } = await signedInPerson(page, stack, { groups: ["admin"] });
    await page.goto("/members");
    const dialog = page.getByRole("dialog");
    const zoe = `zoe-${newTenant()}@people.example`;
    const end = await begin(context);
    await page.getByRole("button", { name: t("members.inviteTitle") }).click();
    await dialog.getByLabel(t("members.emailAddress")).fill(zoe);
    await dialog.getByRole("button", { name: t("members.inviteSend") }).click();
    await expect(dialog).toContainText(t("errors.not_saved"));
    await dialog.getByRole("button", { name: t("common.cancel") }).click();
    await expect(dialog).toHaveCount(0);
    await expect(rowsOf(page)).toContainText([email]);
    await page.getByRole("button", { name: t("members.inviteTitle") }).click();
    await dialog.getByLabel(t("members.emailAddress")).fill(zoe);
    await end();
    await dialog.getByRole("button", { name: t("members.inviteSend") }).click();
    await expect(rowsOf(page)).toContainText([zoe, email]);
  });

  test(`${outage}, a link that loads another document waits, too`, { tag: ONCE }, async ({
    page,
    context,
    t,
  }) => {
    await page.goto("/forgot-password");
    await expect(page.getByRole("button", { name: t("forgotPassword.send") })).toBeEnabled();
    await page.getByLabel(t("forms.email")).fill("bob@acme.example");
    const end = await begin(context);
    await page.getByRole("link", { name: t("forgotPassword.back") }).click();
    await expect(page.getByRole("status").filter({ hasText: t("failure.offline") })).toHaveCount(1);
    await expect(page.getByLabel(t("forms.email"))).toHaveValue("bob@acme.example");
    await end();
    await expect(page).toHaveURL(/\/signin$/);
  });
}

test("offline, a page stays until the next one can be had whole", { tag: ONCE }, async ({
  page,
  context,
  stack,
  t,
}) => {
  await signedInPerson(page, stack);
  await page.goto("/account");
  const password = page.getByLabel(t("account.currentPassword"));
  await password.fill("typed before");
  await context.setOffline(true);
  await click("link", t("nav.home"))(page);
  await expect(page.getByRole("status").filter({ hasText: t("failure.offlineTitle") })).toHaveCount(1);
  await expect(password).toHaveValue("typed before");
  await expect(page).toHaveURL("/account");
  await context.setOffline(false);
  await expect(page).toHaveURL(HOME);
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
});
