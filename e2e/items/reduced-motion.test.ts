import { hold } from "../support/hold";
import { CALM, expectStill, expectStillOnTheWay } from "../support/motion";
import { signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";

test.use(CALM);

test("for whoever asks for calm nothing of the items moves or fades", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  await signedInPerson(page, stack);
  await page.goto("/account");
  await expectStillOnTheWay(page, page.getByRole("link", { name: t("nav.items"), exact: true }), "/items", t);

  const request = await hold(page, "/api/items");
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByRole("dialog").locator("[aria-busy]")).toBeVisible();
  await expectStill(page);
  request.release();
  await page.getByRole("button", { name: t("items.deleteNamed", { name: "Lantern" }) }).click();
  await expect(page.getByText(t("items.deleted", { name: "Lantern" }))).toBeVisible();
  await expectStill(page);
});
