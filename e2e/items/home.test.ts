import { HOME } from "../../lib/home";
import { apiOf, signedInPerson } from "../support/person";
import { expect, test } from "../support/test";
import { addItems } from "./rows";

test("home shows what was changed last, and leads there", async ({ page, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto(HOME);
  await expect(page.getByText(t("home.noItems"))).toBeVisible();
  const [id] = await addItems(api, ["Lantern"]);
  await page.reload();
  await page.getByRole("link", { name: "Lantern", exact: true }).click();
  await expect(page).toHaveURL(`/items?item=${id}`);
  await expect(page.getByRole("dialog").getByLabel(t("items.name"))).toHaveValue("Lantern");
});
