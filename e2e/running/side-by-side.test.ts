import type { Application } from "../../infra/local/application";
import { startPostgres } from "../../infra/local/postgres";
import { killApplication } from "../../infra/local/stack";
import { Api, login } from "../support/api";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { type Cookies, cookieNameAt, cookiesAt } from "../support/cookie-name";
import { CREATES } from "../support/creates";
import { nextPage } from "../support/paging";
import { expectProblem } from "../support/problem";
import { previousVersion, withoutPostgres, withoutPreviousVersion } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

const reason = withoutPostgres() ?? withoutPreviousVersion();

test.skip(reason !== null, reason ?? "");

/** The version before and this one, on one database whose tables this one made. */
let pairs: [from: Application, to: Application][];
let stop: () => Promise<void>;
test.beforeAll(async ({ ground }) => {
  const postgres = await startPostgres();
  if (!postgres) throw new Error("There is no PostgreSQL here.");
  const environment = { DATABASE_URL: (await postgres.createDatabase()).appUrl };
  const before = await ground.startApplication(environment, undefined, previousVersion());
  const now = await ground.startApplication(environment);
  pairs = [
    [before, now],
    [now, before],
  ];
  stop = async () => {
    await Promise.all([before, now].map(killApplication));
    await postgres.destroy();
  };
});
test.afterAll(() => stop?.());

const browserAt = (url: string, cookies: Cookies) =>
  new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)), Origin: url });

test("a session of one version is one of the other, and a sign-out there is one here", async ({ ground }) => {
  for (const [from, to] of pairs) {
    const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    const cookies = await openSession(from.url, email, password);
    await openSession(from.url, email, password);
    const page = await browserAt(from.url, cookies).get("/api/audit?limit=1");
    expect((await browserAt(to.url, cookies).get(nextPage(page) ?? "")).status).toBe(200);
    expect((await browserAt(to.url, cookies).get("/home")).status).toBe(200);
    expect((await postToNextAuth(to.url, "signout", cookiesAt(to.url, cookies), {})).status).toBe(200);
    expectProblem(await browserAt(from.url, cookies).get("/api/user/tenant"), 401, "session_ended");
  }
});

test("a step of signing in that one version asks for is taken at the other", async ({ ground }) => {
  for (const [from, to] of pairs) {
    const { email, password } = await newUser(ground, { tenant: newTenant(), temporary: true });
    const asked = await new Api(from.url).post("/api/user/login", { email, password });
    const { session } = asked.body as { session: string };
    const chosen = { email, session, new_password: `${password}-2` };
    expect((await new Api(to.url).post("/api/user/new-password", chosen)).status).toBe(200);

    const other = await newUser(ground, { tenant: newTenant(), temporary: true });
    const cookies: Cookies = new Map();
    await postToNextAuth(from.url, "callback/password", cookies, other);
    expect(cookies.has(cookieNameAt(from.url, "challenge"))).toBe(true);
    const taken = cookiesAt(to.url, cookies);
    await postToNextAuth(to.url, "callback/challenge", taken, { answer: `${other.password}-2` });
    expect(taken.has(cookieNameAt(to.url, "session"))).toBe(true);
  }
});

test("what one version makes the other reads, and a token of one is refused by both after a sign-out", async ({
  ground,
}) => {
  for (const [from, to] of pairs) {
    const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
    const { access_token, refresh_token } = await login(from.url, email, password);
    const here = new Api(from.url).bearer(access_token);
    const there = new Api(to.url).bearer(access_token);
    for (const { path, body } of CREATES) {
      const made = await here.post(path, body());
      expect(made.status, `POST ${path}`).toBe(201);
      const location = made.headers.get("location") ?? "";
      expect((await there.get(location)).status, `GET ${location}`).toBe(200);
      expect((await there.get(path)).text).toContain(location.slice(location.lastIndexOf("/") + 1));
    }
    const refreshed = await new Api(to.url).post("/api/user/refresh", { refresh_token, username: email });
    expect(refreshed.status).toBe(200);
    expect((await there.post("/api/user/logout")).status).toBe(200);
    for (const api of [here, there]) expect((await api.get("/api/user/me")).status).toBe(401);
  }
});
