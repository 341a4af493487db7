import { expect, type Page } from "@playwright/test";
import { languageOf, texts } from "@sekisho/local-cognito/testing";
import { HOME } from "../../lib/home";
import type { User } from "./users";
import { wordsOn } from "./words";

/** From the sign-in page to Cognito's own. */
export async function goToHostedUi(page: Page): Promise<void> {
  const t = await wordsOn(page);
  await page.getByRole("button", { name: t("signin.hosted") }).click();
  await page.waitForURL("**/login?*");
}

/** The words of Cognito's page, in the language that it was asked for. */
export function hostedWords(page: Page) {
  return texts[languageOf(new URL(page.url()).searchParams)];
}

/** Fills in the form of Cognito's page and sends it. */
export async function fillHostedSignIn(page: Page, { email, password }: User): Promise<void> {
  const words = hostedWords(page);
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.signIn }).click();
}

/** Signs in on Cognito's page, and is back. */
export async function signInHosted(page: Page, user: User): Promise<void> {
  await page.goto("/signin");
  await goToHostedUi(page);
  await fillHostedSignIn(page, user);
  await expect(page).toHaveURL(HOME);
}
