import type { Page } from "@playwright/test";
import { cookieOf } from "../../support/browser-session";
import { behind } from "../../support/database";
import { type LiveEvent, liveEvents, nextOf } from "../../support/live-events";
import { apiOf, openSessionIn } from "../../support/person";
import { newDatabase } from "../../support/shared-postgres";
import { withoutPostgres } from "../../support/skip-reason";
import { expect, test } from "../../support/test";
import { newTenant, newUser } from "../../support/users";

/** Without the alerts about one's own sign-ins. */
const MANUAL = "/alerts?source=manual";
const rowsOf = (page: Page) => page.getByRole("region", { name: "Alerts" }).getByRole("listitem");
const live = (page: Page) => page.getByText("Live: changes appear by themselves.");

test("a stream is not held back on its way, and ends with the session: nothing more is told", async ({
  stack,
  baseURL,
}) => {
  const stream = `${baseURL}/api/alerts/stream`;
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  const api = await apiOf(stack, await newUser(stack, { tenant }));
  const Cookie = await cookieOf(baseURL, user);
  const headers = (await fetch(stream, { method: "HEAD", headers: { Cookie } })).headers;
  expect(headers.get("x-accel-buffering")).toBe("no");
  expect(headers.get("cache-control")).toBe("private, no-store, no-transform");

  const events = liveEvents(stream, { Cookie, "Accept-Encoding": "gzip" });
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
  // What was told before may be told once more; what came after may not.
  const last: LiveEvent[] = [];
  for await (const event of events) last.push(event);
  expect(last.at(-1)).toEqual({ name: "end", data: { code: "session_ended", reason: "refused" } });
  expect(JSON.stringify(last)).not.toContain("Secret");
});

test.describe("on PostgreSQL", () => {
  const reason = withoutPostgres();
  test.skip(reason !== null, reason ?? "");

  test("an alert raised at one instance shows at the other, also after its connection was lost", async ({
    page,
    ground,
  }) => {
    const database = await newDatabase();
    const DATABASE_URL = database.appUrl;
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
      database,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sekisho-listen' and datname = current_database()",
    );
    expect(ended.length).toBeGreaterThan(0);
    await page.mouse.move(0, 0);
    await api.post("/api/alerts", { title: "Noise" });
    await expect(rowsOf(page)).toContainText(["Noise", "Smoke"]);
    await expect(live(page)).toBeVisible();
    expect(one.output()).not.toContain("http.stream_within_next");
  });
});
