import { expect, type Locator, type Page } from "@playwright/test";

/** Checks that a session which ended elsewhere leads from a list's first page to signing in, and back from there. */
export async function expectMetOnNextPage(page: Page, path: string, more: Locator): Promise<void> {
  await page.goto(path);
  await expect(more).toBeVisible();
  await page.context().clearCookies();
  await more.click();
  await expect(page).toHaveURL(/\/signin\?/);
  expect(new URL(page.url()).searchParams.get("callbackUrl")).toContain(path);
}
