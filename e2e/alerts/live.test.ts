import type { Page, Route } from "@playwright/test";
import { Alert } from "../../lib/alerts/contract";
import { hold, isVisit } from "../support/hold";
import { untilIdle } from "../support/idle";
import { apiOf, signedInPerson } from "../support/person";
import { expect, ONCE, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** Without the alerts about one's own sign-ins. */
const MANUAL = "/alerts?source=manual";
const STREAM = "**/api/alerts/stream*";
const rowsOf = (page: Page) => page.getByRole("region").getByRole("list").getByRole("listitem");

test("what one person raises and moves on appears at another's without loading again", async ({
  page,
  browser,
  stack,
  t,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await newUser(stack, { tenant }));
  await signedInPerson(page, stack, { tenant });
  const other = await browser.newPage();
  await signedInPerson(other, stack, { tenant });
  await page.goto(MANUAL);
  await other.goto(`${stack.application.url}${MANUAL}&status=resolved`);
  await Promise.all([
    expect(page.getByText(t("alerts.live"))).toBeVisible(),
    expect(other.getByText(t("alerts.live"))).toBeVisible(),
  ]);
  await expect(page).toHaveTitle(`${t("alerts.title")} · Sekisho`);

  await api.post("/api/alerts", { title: "Smoke", severity: "critical" });
  await expect(rowsOf(page)).toContainText(["Smoke"]);
  await expect(page.getByText(t("alerts.arrived", { count: 1 }))).toBeAttached();
  await expect(page).toHaveTitle(`${t("alerts.titleWithCount", { count: 1 })} · Sekisho`);

  // Somebody who points at the list is about to click: what is new waits above it.
  await rowsOf(page).hover();
  await api.post("/api/alerts", { title: "Noise" });
  const showNew = page.getByRole("button", { name: t("alerts.showNew", { count: 1 }) });
  await expect(showNew).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
  await showNew.click();
  await expect(rowsOf(page)).toContainText(["Noise", "Smoke"]);

  await page.getByRole("button", { name: t("alerts.resolveNamed", { title: "Smoke" }) }).click();
  await expect(rowsOf(other)).toContainText(["Smoke"]);
  await expect(page).toHaveTitle(`${t("alerts.titleWithCount", { count: 1 })} · Sekisho`);
  await other.close();
});

test("a count that comes late does not take the place of a later one", { tag: ONCE }, async ({
  page,
  stack,
  t,
}) => {
  const summaries = "**/api/alerts/summary*";
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.goto(MANUAL);
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  let [isCounted, release] = [false, () => {}];
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const countLate = async (route: Route) => {
    const response = await route.fetch();
    isCounted = true;
    await released;
    await route.fulfill({ response });
  };
  await page.route(summaries, countLate, { times: 1 });
  await api.post("/api/alerts", { title: "Smoke" });
  await expect.poll(() => isCounted).toBe(true);
  await api.post("/api/alerts", { title: "Noise" });
  const two = `${t("alerts.titleWithCount", { count: 2 })} · Sekisho`;
  await expect(page).toHaveTitle(two);
  const late = page.waitForResponse(summaries);
  release();
  await (await late).finished();
  await untilIdle(page);
  expect(await page.title()).toBe(two);
});

test("a page that is cut off says so and why, and shows afterwards what it missed", async ({
  page,
  stack,
  t,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  // Until somebody presses: by itself it tries again as well, and the button would be gone.
  const isPressed = () => page.evaluate(() => "isPressed" in window);
  await page.route(STREAM, async (route) => ((await isPressed()) ? route.continue() : route.abort()));
  await page.goto(MANUAL);
  const status = page.getByRole("status").filter({ hasText: t("alerts.notLive") });
  await expect(status).toContainText(t("errors.network"));
  await api.post("/api/alerts", { title: "Smoke" });
  await page.evaluate(() =>
    document.addEventListener("click", () => Object.assign(window, { isPressed: true }), { capture: true }),
  );
  await page.getByRole("button", { name: t("alerts.retry") }).click();
  await expect(page.getByText(t("alerts.live"))).toBeVisible();
  await expect(rowsOf(page)).toContainText(["Smoke"]);
});

test("who leaves an alert that changes meanwhile is led on, and nothing is fetched anew before they are gone", {
  tag: ONCE,
}, async ({ page, context, stack, t }) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  const { id } = Alert.parse((await api.post("/api/alerts", { title: "Smoke" })).body);
  const stream = page.waitForResponse(STREAM);
  await page.goto(`/alerts/${id}`);
  await stream;
  // The tabs share one stream: what shows here, the page that is being left has heard as well.
  const beside = await context.newPage();
  await beside.goto(`/alerts/${id}`);
  const ahead = page.waitForResponse((response) => !isVisit(response.request()));
  const link = page.getByRole("link", { name: t("nav.home"), exact: true });
  await link.hover();
  await ahead;
  // The router has read it when the page has nothing to do: it then knows already where it goes.
  await untilIdle(page);
  const asked = await hold(page, /[?&]_rsc=/, isVisit);
  await link.click();
  await expect.poll(() => asked.paths).toEqual(["/home"]);
  await api.patch(`/api/alerts/${id}`, { status: "acknowledged" });
  await expect(beside.getByRole("region", { name: t("alerts.timeline") })).toContainText(
    t("alerts.acknowledged"),
  );
  expect(asked.paths).toEqual(["/home"]);
  asked.release();
  await expect(page).toHaveURL("/home");
  await expect(page.getByRole("heading", { level: 1, name: t("home.title") })).toBeVisible();
});
