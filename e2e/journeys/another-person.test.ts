import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { expectNoViolations } from "../support/axe";
import { rowsOf, toastOf } from "../support/page";
import { addItems, apiOf, openSessionIn, signedInPerson } from "../support/person";
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
