import type { BrowserContext, Page } from "@playwright/test";
import { apiOf, openSessionIn, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const MANUAL = "/alerts?source=manual";

/** The streams of alerts that the tabs of a browser have open, by tab. */
function streamsOf(context: BrowserContext): Page[] {
  const open: Page[] = [];
  const drop = (page: Page) => open.includes(page) && open.splice(open.indexOf(page), 1);
  context.on("page", (page) => {
    const isStream = (url: string) => new URL(url).pathname === "/api/alerts/stream";
    page.on("request", (request) => isStream(request.url()) && open.push(page));
    page.on("requestfailed", (request) => isStream(request.url()) && drop(page));
    page.on("requestfinished", (request) => isStream(request.url()) && drop(page));
    page.on("close", () => drop(page));
  });
  return open;
}

test("eight tabs have one stream between them, and the server answers each of them", { tag: ONCE }, async ({
  browser,
  baseURL,
  stack,
  t,
}) => {
  const context = await browser.newContext({ baseURL });
  const streams = streamsOf(context);
  const tabs = [await context.newPage()];
  const api = await apiOf(stack, await signedInPerson(tabs[0] as Page, stack));
  while (tabs.length < 8) tabs.push(await context.newPage());
  const open = async (tab: Page) => {
    await tab.goto(MANUAL);
    await expect(tab.getByText(t("alerts.live"))).toBeVisible();
  };
  // One first, as one opens it; then as a browser brings back what was open.
  const [one, ...others] = tabs as [Page, ...Page[]];
  await open(one);
  await Promise.all(others.map(open));
  expect(streams).toHaveLength(1);
  // Six streams would be all the connections of a browser, and this never answered.
  expect(await tabs[7]?.evaluate(async () => (await fetch("/api/health")).ok)).toBe(true);

  await api.post("/api/alerts", { title: "Smoke" });
  for (const tab of tabs) await expect(tab.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
  // A tab that comes now is told what the one that hears for all has heard already.
  const late = await context.newPage();
  await late.goto("/alerts?status=open&source=manual");
  await expect(late.getByText(t("alerts.live"))).toBeVisible();

  const [first] = streams;
  await first?.close();
  const left = [...tabs, late].filter((tab) => tab !== first);
  await api.post("/api/alerts", { title: "Noise" });
  for (const tab of left) await expect(tab.getByRole("listitem").filter({ hasText: "Noise" })).toBeVisible();
  await expect.poll(() => streams.length).toBe(1);
  await context.close();
});

test("a tab in the background gives the stream up to one that is looked at", { tag: ONCE }, async ({
  browser,
  baseURL,
  stack,
  t,
}) => {
  const context = await browser.newContext({ baseURL });
  const streams = streamsOf(context);
  const one = await context.newPage();
  const api = await apiOf(stack, await signedInPerson(one, stack));
  const other = await context.newPage();
  await one.clock.install();
  for (const tab of [one, other]) {
    await tab.goto(MANUAL);
    await expect(tab.getByText(t("alerts.live"))).toBeVisible();
  }
  expect(streams).toEqual([one]);
  await one.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await one.clock.fastForward(61_000);
  await expect.poll(() => streams).toEqual([other]);
  await api.post("/api/alerts", { title: "Smoke" });
  for (const tab of [one, other]) {
    await expect(tab.getByRole("listitem").filter({ hasText: "Smoke" })).toBeVisible();
  }
  await context.close();
});

test("tabs of different people share nothing", { tag: ONCE }, async ({ browser, baseURL, stack, t }) => {
  const context = await browser.newContext({ baseURL });
  const streams = streamsOf(context);
  const one = await context.newPage();
  const api = await apiOf(stack, await signedInPerson(one, stack));
  await one.goto(MANUAL);
  await expect(one.getByText(t("alerts.live"))).toBeVisible();
  const user = await newUser(stack, { tenant: newTenant() });
  await context.clearCookies();
  await openSessionIn(context, stack.application.url, user);
  const other = await context.newPage();
  await other.goto(MANUAL);
  await expect(other.getByText(t("alerts.live"))).toBeVisible();
  expect(streams).toEqual([one, other]);
  await api.post("/api/alerts", { title: "Of the first" });
  await (await apiOf(stack, user)).post("/api/alerts", { title: "Of the other" });
  await expect(one.getByRole("listitem").filter({ hasText: "Of the first" })).toBeVisible();
  await expect(other.getByRole("listitem").filter({ hasText: "Of the other" })).toBeVisible();
  await expect(one.getByText("Of the other")).toHaveCount(0);
  await expect(other.getByText("Of the first")).toHaveCount(0);
  await context.close();
});
