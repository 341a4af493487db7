import type { Locator, Page } from "@playwright/test";
import type { Words } from "./words";

/** A telephone's screen; for `test.use`. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The rows of the list that a page is about. */
export const rowsOf = (page: Page): Locator => page.getByRole("main").getByRole("listitem");
export const rowOf = (page: Page, text: string): Locator => rowsOf(page).filter({ hasText: text });
/** Where a page says what came of something. */
export const toastOf = (page: Page, t: Words): Locator =>
  page.getByRole("status", { name: t("ui.messages") });
/** What a filtered list says of how much it shows. */
export const foundOn = (page: Page): Locator => page.getByRole("main").getByRole("status");

/** Opens the menu under one's initials, and gives it. */
export async function openOwnMenu(page: Page): Promise<Locator> {
  const banner = page.getByRole("banner");
  await banner.locator("button[popovertarget]").click();
  return banner.getByRole("dialog");
}

/** Signs out by the last button of the frame. */
export async function pressSignOut(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button").last().click();
}
