import type { Page, Request } from "@playwright/test";

/** What is held on its way: the paths asked for, how many, and what lets them and all that follow go on. */
type Held = { paths: string[]; count: () => number; release: () => void };

const isWrite = (request: Request) => request.method() !== "GET";
/** A page that is gone to; what the router fetches ahead passes. */
export const isVisit = (request: Request): boolean => !("next-router-prefetch" in request.headers());

/**
 * Notes what the page sends to an address, and holds it until `release`.
 *
 * @param url what stands behind the host, with `*` for anything, or what the address fits.
 * @param fits which requests are meant; by default those that write.
 */
export async function hold(page: Page, url: string | RegExp, fits = isWrite): Promise<Held> {
  const paths: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(typeof url === "string" ? `**${url}` : url, async (route) => {
    if (!fits(route.request())) return route.continue();
    paths.push(new URL(route.request().url()).pathname);
    await released;
    // The page may have broken it off meanwhile.
    await route.continue().catch(() => {});
  });
  return { paths, count: () => paths.length, release };
}
