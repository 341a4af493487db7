import { click, goWithout, OUTAGES } from "../support/outages";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { addItems, itemRows } from "./rows";

for (const [outage, begin] of OUTAGES) {
  test(`${outage}, nothing leaves the list, and what one searches for is there as soon as there is a connection`, {
    tag: ONCE,
  }, async ({ page, stack, t }) => {
    await addItems(await apiOf(stack, await signedInPerson(page, stack)), ["Lantern", "Rope"]);
    await page.goto("/items");
    await expect(page.getByRole("button", { name: t("items.new") })).toBeEnabled();
    await goWithout(begin, page, t, [
      { does: (page) => page.getByRole("searchbox").fill("lan"), to: /\?q=lan$/ },
      { does: click("link", t("nav.account")), to: /\/account$/ },
      { does: click("link", t("nav.items")), to: /\/items$/ },
    ]);
    await expect(itemRows(page)).toHaveCount(2);
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
    await expect(itemRows(page)).toContainText("Rope");
    await page.getByRole("button", { name: t("items.new") }).click();
    await dialog.getByLabel(t("items.name")).fill("Lantern");
    await end();
    await dialog.getByRole("button", { name: t("items.add") }).click();
    await expect(itemRows(page)).toContainText(["Lantern", "Rope"]);
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
  await page.getByRole("link", { name: t("nav.home"), exact: true }).click();
  await page.getByRole("link", { name: t("nav.items") }).click();
  await expect(page.getByRole("status").filter({ hasText: t("failure.offlineTitle") })).toHaveCount(1);
  await expect(password).toHaveValue("typed before");
  await expect(page).toHaveURL("/account");
  await context.setOffline(false);
  await expect(page).toHaveURL("/items");
  await expect(page.getByText(t("items.none"))).toBeVisible();
});
