import type { BrowserContext, Page } from "@playwright/test";
import { addItems, apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import type { Words } from "../support/words";

/** How the connection can be gone: the browser knows of it, or only no answer comes. */
const OUTAGES: [string, (context: BrowserContext) => Promise<() => Promise<void>>][] = [
  [
    "offline",
    async (context) => {
      await context.setOffline(true);
      return () => context.setOffline(false);
    },
  ],
  [
    "without an answer",
    async (context) => {
      await context.route("**", (route) => route.abort("connectionrefused"));
      return () => context.unroute("**");
    },
  ],
];

const click = (role: "button" | "link", name: string) => (page: Page) =>
  page.getByRole(role, { name, exact: true }).first().click();

/**
 * What would fetch another page, or this one anew: where one begins, what one does, and where it leads once there is
 * an answer. In this order: back and forth, so that nothing is loaded in between.
 */
const waysOf = (t: Words): [does: (page: Page) => Promise<unknown>, to: RegExp, isAsked?: false][] => [
  [(page) => page.getByRole("searchbox").fill("lan"), /\?q=lan$/],
  [click("link", t("nav.alerts")), /\/alerts$/],
  [click("link", t("alerts.acknowledged")), /status=acknowledged$/],
  // This one is still known.
  [(page) => page.evaluate(() => window.history.back()), /\/alerts$/, false],
  [click("link", t("nav.audit")), /\/audit$/],
  [(page) => page.locator("[name=outcome]").selectOption("done"), /\?outcome=done$/],
  [click("link", t("ui.older")), /cursor=/],
  [
    async (page) => {
      await page.getByRole("button", { name: t("preferences.open") }).click();
      await page.getByText(t("preferences.dark"), { exact: true }).click();
    },
    /\/audit/,
  ],
];

for (const [outage, begin] of OUTAGES) {
  test(`${outage}, nothing leaves the page, and what one did goes on as soon as there is a connection`, {
    tag: ONCE,
  }, async ({ page, context, stack, t }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack, { groups: ["admin"] }));
    await addItems(
      api,
      Array.from({ length: 51 }, (_, index) => `Lantern ${index}`),
    );
    await page.goto("/items");
    await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
    const notice = page.getByRole("status").filter({ hasText: t("failure.offline") });
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    const isSame = () => page.evaluate(() => "isSame" in window);
    for (const [does, to, isAsked] of waysOf(t)) {
      const end = await begin(context);
      await does(page);
      if (isAsked !== false) await expect(notice).toHaveCount(1);
      expect(await isSame(), String(to)).toBe(true);
      await end();
      await expect(page).toHaveURL(to);
      await expect(notice).toHaveCount(0);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await isSame(), String(to)).toBe(true);
    }
  });

  test(`${outage}, Cancel after a refused save leaves the list where it was, and one can go on writing`, {
    tag: ONCE,
  }, async ({ page, context, stack, t }) => {
    const api = await apiOf(stack, await signedInPerson(page, stack));
    await addItems(api, ["Rope"]);
    await page.goto("/items");
    const dialog = page.getByRole("dialog");
    const end = await begin(context);
    await page.getByRole("button", { name: t("items.new") }).click();
    await dialog.getByLabel(t("items.name")).fill("Lantern");
    await dialog.getByRole("button", { name: t("items.add") }).click();
    await expect(dialog).toContainText(t("errors.not_saved"));
    await dialog.getByRole("button", { name: t("common.cancel") }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("listitem")).toContainText("Rope");
    await page.getByRole("button", { name: t("items.new") }).click();
    await dialog.getByLabel(t("items.name")).fill("Lantern");
    await end();
    await dialog.getByRole("button", { name: t("items.add") }).click();
    await expect(page.getByRole("listitem")).toContainText(["Lantern", "Rope"]);
  });

  test(`${outage}, a link that loads another document waits, too`, { tag: ONCE }, async ({
    page,
    context,
    t,
  }) => {
    await page.goto("/forgot-password");
    await page.getByLabel(t("forms.email")).fill("bob@acme.example");
    const end = await begin(context);
    await page.getByRole("link", { name: t("forgotPassword.back") }).click();
    await expect(page.getByRole("status").filter({ hasText: t("failure.offline") })).toHaveCount(1);
    await expect(page.getByLabel(t("forms.email"))).toHaveValue("bob@acme.example");
    await end();
    await expect(page).toHaveURL(/\/signin$/);
  });
}

test("offline, a page stays until the next one can be had whole, also when that was fetched ahead in part", {
  tag: ONCE,
}, async ({ page, context, stack, t }) => {
  await signedInPerson(page, stack);
  await page.goto("/account");
  const password = page.getByLabel(t("account.currentPassword"));
  await password.fill("typed before");
  const ahead = page.waitForResponse(
    (response) => response.request().headers()["next-router-prefetch"] !== undefined,
  );
  await page.getByRole("link", { name: t("nav.items") }).hover();
  await ahead;
  await context.setOffline(true);
  await page.getByRole("link", { name: t("nav.alerts") }).click();
  await page.getByRole("link", { name: t("nav.items") }).click();
  await expect(page.getByRole("status").filter({ hasText: t("failure.offlineTitle") })).toHaveCount(1);
  await expect(password).toHaveValue("typed before");
  await expect(page).toHaveURL("/account");
  await context.setOffline(false);
  await expect(page).toHaveURL("/items");
  await expect(page.getByText(t("items.none"))).toBeVisible();
});
