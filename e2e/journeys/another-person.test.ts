import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { expectNoViolations } from "../support/axe";
import { rowsOf, toastOf } from "../support/page";
import {
  addItems,
  apiOf,
  fillSignIn,
  goToTenant,
  openSessionIn,
  signedInPerson,
  tenantWithItem,
} from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser, type User } from "../support/users";

/** Another tab of the same browser, in which she signs out and somebody else signs in. */
async function becomeAnother(page: Page, stack: Stack, tenant: string): Promise<User> {
  const other = await newUser(stack, { tenant });
  await page.context().clearCookies();
  await openSessionIn(page.context(), stack.application.url, other);
  return other;
}

test("a page of one person writes nothing as another who has signed in in another tab, and says who that is", async ({
  page,
  stack,
  t,
}) => {
  const tenant = newTenant();
  await signedInPerson(page, stack, { tenant });
  await page.goto("/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Of the first");
  const other = await becomeAnother(page, stack, tenant);
  await page.getByRole("button", { name: t("items.add") }).click();

  const told = page.getByRole("dialog", { name: t("another.title") });
  await expect(told).toContainText(other.email);
  await expectNoViolations(page, "somebody else is signed in");
  expect((await (await apiOf(stack, other)).get("/api/items")).body).toEqual([]);
  await told.getByRole("button", { name: t("another.load") }).click();
  await expect(told).toHaveCount(0);
  await expect(page.getByRole("banner")).toContainText(other.email);
});

test("a page of one person reads nothing further as another: not a row, not a file, and signs nobody else out", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addItems(
    api,
    Array.from({ length: 51 }, (_, index) => `Item ${index + 1}.`),
  );
  await page.goto("/items");
  const other = await becomeAnother(page, stack, newTenant());
  await addItems(await apiOf(stack, other), ["Of the other"]);
  const told = page.getByRole("dialog", { name: t("another.title") });
  for (const name of [t("ui.loadMore"), t("items.export"), t("nav.signOut")]) {
    await page.getByRole(name === t("items.export") ? "link" : "button", { name }).click();
    await expect(told).toContainText(other.email);
    await told.getByRole("button", { name: t("another.stay") }).click();
    await expect(told).toHaveCount(0);
  }
  await expect(toastOf(page, t)).toContainText(t("errors.another_person"));
  await expect(page.getByText("Of the other")).toHaveCount(0);
  await expect(rowsOf(page)).toHaveCount(50);
});

for (const [way, go] of [
  ["a link", (page: Page) => page.getByRole("navigation").getByRole("link").first().click()],
  ["a search", (page: Page) => page.getByRole("searchbox").fill("o")],
  ["coming back online", (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("online")))],
] as const) {
  test(`after ${way}, what another person's tenant holds never stands under the first one's name`, {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    const user = await signedInPerson(page, stack);
    await page.goto("/items");
    await expect(page.getByRole("banner")).toContainText(user.email);
    const tenant = newTenant();
    const other = await becomeAnother(page, stack, tenant);
    await addItems(await apiOf(stack, other), ["Of the other"]);
    // What stands together at any moment: who is greeted, and whose rows are there.
    await page.evaluate((email) => {
      const look = () => {
        // biome-ignore lint/performance/useDomNodeTextContent: only what is seen, not the scripts.
        const { innerText } = document.body;
        if (innerText.includes(email) && innerText.includes("Of the other")) sessionStorage.mixed = "1";
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    }, user.email);
    await go(page);
    await expect(page.getByText("Of the other")).toBeVisible();
    await expect(page.getByRole("banner")).toContainText(other.email);
    await expect(page.getByRole("banner")).toContainText(tenant);
    expect(await page.evaluate(() => sessionStorage.mixed)).toBeUndefined();
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

  test("a page of one tenant shows nothing of another that was chosen in another tab, and writes into its own", {
    tag: ONCE,
  }, async ({ page, context, stack, t }) => {
    const first = await tenantWithItem(stack, "Of the first tenant");
    const second = await tenantWithItem(stack, "Of the second tenant");
    await signedInPerson(page, stack, { groups: ["operator"] });
    await page.goto("/items");
    await goToTenant(page, first.tenant);
    await expect(page.getByText("Of the first tenant")).toBeVisible();
    const other = await context.newPage();
    await other.goto("/items");
    await goToTenant(other, second.tenant);
    await expect(other.getByText("Of the second tenant")).toBeVisible();

    await page.getByRole("button", { name: t("items.new") }).click();
    await page.getByLabel(t("items.name")).fill("Written at the first");
    await page.getByRole("button", { name: t("items.add") }).click();
    // What the router fetches afterwards is the second tenant's: the page is loaded anew as such.
    const banner = page.getByRole("region", { name: t("operator.banner") });
    await expect(banner).toContainText(second.tenant);
    await expect(page.getByText("Of the second tenant")).toBeVisible();
    const seen = (await (await apiOf(stack, first.user)).get("/api/items")).text;
    expect(seen).toContain("Written at the first");
  });
});
