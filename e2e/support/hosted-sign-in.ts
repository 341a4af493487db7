import { expect, type Page } from "@playwright/test";
import type { User } from "./users";
import { wordsOn } from "./words";

/** From the sign-in page to Cognito's own. */
export async function goToHostedUi(page: Page): Promise<void> {
  const t = await wordsOn(page);
  await page.getByRole("button", { name: t("signin.hosted") }).click();
  await page.waitForURL("**/login?*");
}

/** Fills in the form of Cognito's page and sends it. */
export async function fillHostedSignIn(page: Page, { email, password }: User): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in on Cognito's page, and is back. */
export async function signInHosted(page: Page, user: User): Promise<void> {
  await page.goto("/signin");
  await goToHostedUi(page);
  await fillHostedSignIn(page, user);
  await expect(page).toHaveURL(/\/items$/);
}
