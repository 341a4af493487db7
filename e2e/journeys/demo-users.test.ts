import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { HOME } from "../../lib/home";
import { rowOf } from "../support/page";
import { fillSignIn } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { weakPassword } from "../support/words";

test("alice sees who belongs to her tenant, and carol of another one who belongs to hers", {
  tag: ONCE,
}, async ({ browser, page, baseURL, t }) => {
  const other = await browser.newPage({ baseURL });
  for (const [each, email, own, foreign] of [
    [page, "alice@acme.example", "bob@acme.example", "globex"],
    [other, "carol@globex.example", "dave@globex.example", "acme"],
  ] as const) {
    await signIn(each, email);
    await expect(each).toHaveURL(HOME);
    await each.getByRole("link", { name: t("nav.members"), exact: true }).click();
    await expect(rowOf(each, own)).toBeVisible();
    await expect(each.locator("body")).not.toContainText(foreign);
  }
});

test("dave must choose a new password, and then is in", { tag: ONCE }, async ({ page, t }) => {
  await signIn(page, "dave@globex.example");
  await expect(page.getByRole("heading", { name: t("challenge.newPassword") })).toBeVisible();
  await page.getByLabel(t("forms.newPassword")).fill("short");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page.getByLabel(t("forms.newPassword"))).toHaveAccessibleDescription(weakPassword(t));
  await page.getByLabel(t("forms.newPassword")).fill("Str0ng!enough");
  await page.getByRole("button", { name: t("challenge.saveAndSignIn") }).click();
  await expect(page).toHaveURL(HOME);
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/signin");
  await fillSignIn(page, { email, password: DEMO_PASSWORD });
}
