import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { fillSignIn } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { weakPassword } from "../support/words";

test("bob adds an item and sees it; carol of another tenant does not", { tag: ONCE }, async ({
  browser,
  page,
  baseURL,
  t,
}) => {
  await signIn(page, "bob@acme.example");
  await expect(page).toHaveURL(/\/items$/);
  await page.getByRole("button", { name: t("items.new") }).click();
  await page.getByLabel(t("items.name")).fill("Lantern");
  await page.getByRole("button", { name: t("items.add") }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Lantern" })).toBeVisible();

  const other = await (await browser.newContext({ baseURL })).newPage();
  await signIn(other, "carol@globex.example");
  await expect(other.getByText(t("items.none"))).toBeVisible();
  await expect(other.getByText("Lantern")).toHaveCount(0);
});

test("dave must choose a new password, and then is in", { tag: ONCE }, async ({ page, t }) => {
  await signIn(page, "dave@globex.example");
  await expect(page.getByRole("heading", { name: t("challenge.newPassword") })).toBeVisible();
  await page.getByLabel(t("forms.newPassword")).fill("short");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page.getByLabel(t("forms.newPassword"))).toHaveAccessibleDescription(weakPassword(t));
  await page.getByLabel(t("forms.newPassword")).fill("Str0ng!enough");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page).toHaveURL(/\/items$/);
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/signin");
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
}
