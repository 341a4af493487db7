import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Words } from "./words";

type Outage = (context: BrowserContext) => Promise<() => Promise<void>>;

/** How the connection can be gone: the browser knows of it, or only no answer comes. */
export const OUTAGES: [string, Outage][] = [
  [
    "offline",
    async (context) => {
      await context.setOffline(true);
      return () => context.setOffline(false);
    },
  ],
  [
    "without an answer",
    async (context) => {
      await context.route("**", (route) => route.abort("connectionrefused"));
      return () => context.unroute("**");
    },
  ],
];

/** What would fetch another page, or this one anew, and where it leads; `isKnown`: without asking for anything. */
export type Way = { does: (page: Page) => Promise<unknown>; to: RegExp; isKnown?: true };

export const click = (role: "button" | "link", name: string) => (page: Page) =>
  page.getByRole(role, { name, exact: true }).first().click();

/** Goes each way while there is no connection: nothing leaves the page until there is one, and then it goes on. */
export async function goWithout(begin: Outage, page: Page, t: Words, ways: Way[]): Promise<void> {
  const notice = page.getByRole("status").filter({ hasText: t("failure.offline") });
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  const isSame = () => page.evaluate(() => "isSame" in window);
  for (const { does, to, isKnown } of ways) {
    const end = await begin(page.context());
    await does(page);
    if (!isKnown) await expect(notice).toHaveCount(1);
    expect(await isSame(), String(to)).toBe(true);
    await end();
    await expect(page).toHaveURL(to);
    await expect(notice).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await isSame(), String(to)).toBe(true);
  }
}
