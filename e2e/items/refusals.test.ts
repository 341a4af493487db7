import { apiOf, signedInPerson } from "../support/person";
import { ANSWERS, answering } from "../support/refusals";
import { expect, ONCE, test } from "../support/test";
import { addNumbered } from "./rows";

test("a write and a next page that are refused say why", { tag: ONCE }, async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await addNumbered(api, 51);
  await page.goto("/items");
  for (const [name, answer, words] of ANSWERS) {
    await answering(page, "**/api/items?*", answer, async () => {
      await page.getByRole("button", { name: t("ui.loadMore") }).click();
      await expect(page.getByRole("main").getByText(words(t)), name).toBeVisible();
    });
  }
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
});
