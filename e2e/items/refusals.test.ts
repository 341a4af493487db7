import { apiOf, signedInPerson } from "../support/person";
import { ANSWERS, answering } from "../support/refusals";
import { expectMetOnNextPage } from "../support/session-end";
import { expect, ONCE, test } from "../support/test";
import { addNumbered, hearNothingLive, itemRow, itemRows, openerOf } from "./rows";

test("a next page and a write that are refused or not answered say why, and go through at the next try", {
  tag: ONCE,
}, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addNumbered(api, 51);
  await page.goto("/items");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/items?*", answer, async () => {
      await page.getByRole("button", { name: t("ui.loadMore") }).click();
      await expect(page.getByRole("main").getByText(words(t)), name).toBeVisible();
    });
  }
  await page.getByRole("button", { name: t("ui.loadMore") }).click();
  await expect(itemRows(page)).toHaveCount(51);
  await expect(page.getByRole("button", { name: openerOf(t, "Item 1.") })).toBeFocused();
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/items", answer, async () => {
      await page.getByRole("button", { name: t("items.add") }).click();
      const told = answer ? words(t) : t("errors.not_saved");
      await expect(page.getByRole("dialog").getByText(told), name).toBeVisible();
    });
  }
  await expect(page.getByLabel(t("items.name"))).toHaveValue("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(itemRow(page, "Lantern")).toBeVisible();
  await hearNothingLive(page);
  await expectMetOnNextPage(page, "/items", page.getByRole("button", { name: t("ui.loadMore") }));
});
