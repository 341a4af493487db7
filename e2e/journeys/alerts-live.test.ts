import type { Page } from "@playwright/test";
import { cookieHeader, openSession } from "../support/browser-session";
import { liveEvents, nextOf } from "../support/live-events";
import { behind, test as onPostgres } from "../support/on-postgres";
import { apiOf, openSessionIn, signedInPerson } from "../support/person";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

/** Without the alerts about one's own sign-ins. */
const MANUAL = "/alerts?source=manual";
const STREAM = "**/api/alerts/stream*";
const rowsOf = (page: Page) => page.getByRole("region", { name: "Alerts" }).getByRole("listitem");
const live = (page: Page) => page.getByText("Live: changes appear by themselves.");

test("what one person raises and moves on appears at another's without loading again", async ({
  page,
  browser,
  stack,
}) => {
  const tenant = newTenant();
  const api = await apiOf(stack, await newUser(stack, { tenant }));
  await signedInPerson(page, stack, { tenant });
  const context = await browser.newContext();
  await signedInPerson(await context.newPage(), stack, { tenant });
  const other = context.pages()[0] as Page;
  await page.goto(MANUAL);
  await other.goto(`${stack.application.url}${MANUAL}&status=resolved`);
  await Promise.all([expect(live(page)).toBeVisible(), expect(live(other)).toBeVisible()]);
  await expect(page).toHaveTitle("(1) Alerts · Sekisho");

  await api.post("/api/alerts", { title: "Smoke", severity: "critical" });
  await expect(rowsOf(page)).toContainText(["Smoke"]);
  await expect(page.getByText("1 new alert has arrived.")).toBeAttached();
  await expect(page).toHaveTitle("(2) Alerts · Sekisho");

  // Somebody who points at the list is about to click: what is new waits above it.
  await rowsOf(page).hover();
  await api.post("/api/alerts", { title: "Noise" });
  const showNew = page.getByRole("button", { name: "Show 1 new alert" });
  await expect(showNew).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
  await showNew.click();
  await expect(rowsOf(page)).toContainText(["Noise", "Smoke"]);

  await page.getByRole("button", { name: "Resolve Smoke" }).click();
  await expect(rowsOf(other)).toContainText(["Smoke"]);
  await expect(page).toHaveTitle("(2) Alerts · Sekisho");
  await context.close();
});

test("a page that is cut off says so and why, and shows afterwards what it missed", async ({
  page,
  stack,
}) => {
  const api = await apiOf(stack, await signedInPerson(page, stack));
  await page.route(STREAM, (route) => route.abort());
  await page.goto(MANUAL);
  const status = page.getByRole("status").filter({ hasText: "Not live." });
  await expect(status).toContainText("The server could not be reached.");
  await api.post("/api/alerts", { title: "Smoke" });
  await page.unroute(STREAM);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(live(page)).toBeVisible();
  await expect(rowsOf(page)).toContainText(["Smoke"]);
});

test("a stream is not held back on its way, and ends with the session: nothing more is told", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  const api = await apiOf(stack, await newUser(stack, { tenant }));
  const Cookie = cookieHeader(await openSession(baseURL, user.email, user.password));
  const headers = (await fetch(`${baseURL}/api/alerts/stream`, { method: "HEAD", headers: { Cookie } }))
    .headers;
  expect(headers.get("x-accel-buffering")).toBe("no");
  expect(headers.get("cache-control")).toBe("private, no-store, no-transform");

  const events = liveEvents(baseURL, { Cookie, "Accept-Encoding": "gzip" });
  await nextOf(events, "live");
  await api.post("/api/alerts", { title: "Smoke" });
  const told = async () => JSON.stringify((await nextOf(events, "alerts")).data);
  while (!(await told()).includes("Smoke"));
  const signedOut = await fetch(`${baseURL}/api/user/logout`, {
    method: "POST",
    headers: { Cookie, Origin: baseURL },
  });
  expect(signedOut.status).toBe(200);
  await api.post("/api/alerts", { title: "Secret" });
  expect(await nextOf(events, "alerts", "end")).toEqual({ name: "end", data: { code: "session_ended" } });
  expect((await events.next()).done).toBe(true);
});

onPostgres.describe("on PostgreSQL", () => {
  const reason = withoutPostgres();
  onPostgres.skip(reason !== null, reason ?? "");

  onPostgres(
    "an alert raised at one instance shows at the other, also after its connection was lost",
    async ({ page, ground, postgres }) => {
      const DATABASE_URL = postgres.database.appUrl;
      const one = await ground.startApplication({ DATABASE_URL });
      const two = await ground.startApplication({ DATABASE_URL });
      const user = await newUser(ground, { tenant: newTenant() });
      const api = await apiOf({ ...ground, application: two }, user);
      await openSessionIn(page.context(), one.url, user);
      await page.goto(one.url + MANUAL);
      await expect(live(page)).toBeVisible();
      await api.post("/api/alerts", { title: "Smoke" });
      await expect(rowsOf(page)).toContainText(["Smoke"]);

      const ended = await behind(
        postgres,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sekisho-listen'",
      );
      expect(ended.length).toBeGreaterThan(0);
      await page.mouse.move(0, 0);
      await api.post("/api/alerts", { title: "Noise" });
      await expect(rowsOf(page)).toContainText(["Noise", "Smoke"]);
      await expect(live(page)).toBeVisible();
    },
  );
});
