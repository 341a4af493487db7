import type { Page } from "@playwright/test";

/** Waits until the page has nothing to do: what it makes of an answer that is there, it has made by then. */
export async function untilIdle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
}
