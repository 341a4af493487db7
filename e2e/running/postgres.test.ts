import { randomBytes } from "node:crypto";
import { Client } from "pg";
import type { Application } from "../../infra/local/application";
import { freePort } from "../../infra/local/ports";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { runCommandFile } from "../../infra/local/testing/run-command";
import { Api, login } from "../support/api";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { type Cookies, cookieNameAt, cookiesAt } from "../support/cookie-name";
import { runApplicationToEnd } from "../support/ended-process";
import { nextPage } from "../support/paging";
import { expectProblem } from "../support/problem";
import { clientsOnRecord, newClient, signInAs } from "../support/sign-ins-on-record";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser } from "../support/users";

const reason = withoutPostgres();

test.skip(reason !== null, reason ?? "");

/** Two instances on one database of a server that can be taken away. */
let postgres: PostgresServer;
let database: TestDatabase;
let one: Application;
let other: Application;
test.beforeAll(async ({ ground }) => {
  const started = await startPostgres();
  if (!started) throw new Error("There is no PostgreSQL here.");
  postgres = started;
  database = await postgres.createDatabase();
  const environment = { DATABASE_URL: database.appUrl };
  [one, other] = await Promise.all([
    ground.startApplication(environment),
    ground.startApplication(environment),
  ]);
});
test.afterAll(async () => {
  await Promise.all([one, other].map(killApplication));
  await postgres.destroy();
});

test("the application works on PostgreSQL with a login that policies bind", async ({ ground }) => {
  const stack = { ...ground, application: one };
  const [own, foreign] = [
    await newMember(stack, { groups: ["admin"] }),
    await newMember(stack, { groups: ["admin"] }),
  ];
  const { sub } = (await own.get("/api/user/me")).body as { sub: string };
  expect((await own.get(`/api/members/${sub}`)).status).toBe(200);
  expect((await foreign.get(`/api/members/${sub}`)).status).toBe(404);
});

test("a login that no policy binds is refused at the start", async ({ ground }) => {
  const port = await freePort();
  const environment = { ...ground.environment(port), DATABASE_URL: database.superuserUrl };
  const ended = await runApplicationToEnd(port, environment);
  expect(ended.code).toBe(1);
  expect(ended.errors).toEqual([expect.stringContaining("is not subject to row-level security")]);
  expect(ended.output).not.toContain(new URL(database.superuserUrl).password);
});

test("a database that refuses, or that cannot serve, ends the start with 1 and one sentence", async ({
  ground,
}) => {
  test.slow();
  const admin = new Client({ connectionString: postgres.serverUrl() });
  await admin.connect();
  await admin.query("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  await admin.query("CREATE DATABASE empty");
  await admin.query(`GRANT app_user, app_session TO "${new URL(database.ownerUrl).username}"`);
  await admin.end();
  const { appUrl, ownerUrl } = database;
  const with_ = (change: (url: URL) => void) => {
    const url = new URL(appUrl);
    change(url);
    return url.href;
  };
  const faults: [string, RegExp][] = [
    [
      with_((url) => Object.assign(url, { password: "canary-wrong" })),
      /refuses the login of DATABASE_URL: password/,
    ],
    [with_((url) => Object.assign(url, { pathname: "/nowhere" })), /database "nowhere" does not exist/],
    [with_((url) => Object.assign(url, { pathname: "/empty" })), /is not migrated: .* npm run db:migrate/],
    [with_((url) => Object.assign(url, { pathname: "/latin" })), /is encoded in LATIN1/],
    [with_((url) => url.searchParams.set("sslmode", "verify-full")), /cannot be encrypted as it asks/],
    [ownerUrl, /which may create roles/],
  ];
  for (const [DATABASE_URL, why] of faults) {
    const port = await freePort();
    const ended = await runApplicationToEnd(port, { ...ground.environment(port), DATABASE_URL });
    expect({ code: ended.code, errors: ended.errors }, String(why)).toEqual({
      code: 1,
      errors: [expect.stringMatching(/^Sekisho does not start\. /)],
    });
    expect(ended.errors[0]).toMatch(why);
    expect(ended.output).not.toMatch(/canary/);
    expect(ended.output).not.toContain(new URL(appUrl).password);
  }
});

test("while the database is away callers hear 503, and it works again within 5 s of its return", async ({
  ground,
}) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const { access_token } = await login(one.url, user.email, user.password);
  const api = new Api(one.url).bearer(access_token);
  const acknowledged: string[] = [];
  // Of each writer the first that was refused: the server may have ended between its commit and the word of it.
  const inDoubt: string[] = [];
  const statuses = new Set<number>();
  let isOver = false;
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    while (!isOver) {
      const client = newClient();
      const { status } = await signInAs(client, one.url, user);
      statuses.add(status);
      if (status === 200) acknowledged.push(client);
      else inDoubt[writer] ??= client;
    }
  });
  await expect.poll(() => acknowledged.length).toBeGreaterThan(10);

  await postgres.stop();
  expectProblem(await api.get("/api/user/tenant"), 503, "database_unavailable");
  const health = await api.get("/api/health");
  expect([health.status, health.body]).toEqual([503, { status: "unavailable", database: "unavailable" }]);
  expect(one.process.exitCode).toBeNull();

  await postgres.start();
  const healthy = async () => (await api.get("/api/health")).status;
  await expect.poll(healthy, { timeout: 5_000, intervals: [100] }).toBe(200);
  const before = acknowledged.length;
  await expect.poll(() => acknowledged.length, { timeout: 5_000 }).toBeGreaterThan(before);
  isOver = true;
  await Promise.all(writers);
  expect([...statuses].sort()).toEqual([200, 503]);
  const recorded = (await clientsOnRecord(api)).filter((client) => !inDoubt.includes(client));
  expect(recorded.sort()).toEqual(acknowledged.sort());
});

test("an application that starts while the database is away serves as soon as it is there", async ({
  ground,
}) => {
  await postgres.stop();
  const application = await ground.startApplication({ DATABASE_URL: database.appUrl });
  const api = new Api(application.url);
  expect((await api.get("/api/health")).status).toBe(503);
  await postgres.start();
  await expect.poll(async () => (await api.get("/api/health")).status, { timeout: 5_000 }).toBe(200);
  await killApplication(application);
});

test("of two instances on one database either serves the other's sessions, and a sign-out on either ends both", async ({
  ground,
}) => {
  const { email, password } = await newUser(ground, { tenant: newTenant() });

  const cookies = await openSession(one.url, email, password);
  const withCookie = (url: string) =>
    new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)) }).get("/api/user/tenant");
  expect((await withCookie(other.url)).status).toBe(200);
  const kept = cookiesAt(other.url, cookies);
  expect((await postToNextAuth(other.url, "signout", kept, {})).status).toBe(200);
  expectProblem(await withCookie(one.url), 401, "session_ended");
  expectProblem(await withCookie(other.url), 401, "session_ended");

  const { access_token } = await login(other.url, email, password);
  const withToken = (url: string) => new Api(url).bearer(access_token).get("/api/user/tenant");
  expect((await withToken(one.url)).status).toBe(200);
  expect((await new Api(one.url).bearer(access_token).post("/api/user/logout")).status).toBe(200);
  expectProblem(await withToken(other.url), 401, "invalid_token");
  expectProblem(await withToken(one.url), 401, "invalid_token");
});

test("who is given another tenant by the command is out of the old one on every instance, and in the new one", async ({
  ground,
}) => {
  const [from, to] = [newTenant(), newTenant()];
  const [{ email, password }, admin] = await Promise.all([
    newUser(ground, { tenant: from, groups: ["admin"] }),
    newUser(ground, { tenant: from, groups: ["admin"] }),
  ]);
  const cookies = await openSession(one.url, email, password);
  const { access_token } = await login(other.url, email, password);
  const before = (url: string) => [
    new Api(url).with({ Cookie: cookieHeader(cookiesAt(url, cookies)) }),
    new Api(url).bearer(access_token),
  ];
  const all = [...before(one.url), ...before(other.url)];
  for (const api of all) expect((await api.get("/api/user/tenant")).body).toMatchObject({ tenant_id: from });

  const args = ["--email", email, "--tenant", to];
  const environment = { COGNITO_ENDPOINT: ground.pool.COGNITO_ENDPOINT, DATABASE_URL: database.appUrl };
  const { code, output } = await runCommandFile("user-tenant.ts", args, environment);
  expect([code, output]).toEqual([
    0,
    expect.stringContaining(`${email} is in the tenant ${to} now, as member`),
  ]);

  for (const api of all) expect((await api.get("/api/user/tenant")).status).toBe(401);
  for (const { url } of [one, other]) {
    const after = new Api(url).bearer((await login(url, email, password)).access_token);
    expect((await after.get("/api/user/tenant")).body).toMatchObject({ tenant_id: to });
    const elsewhere = await after.with({ "X-Tenant-Id": from }).get("/api/user/tenant");
    expectProblem(elsewhere, 403, "tenant_mismatch");
    expectProblem(await after.get("/api/members"), 403, "forbidden");
  }
  const left = new Api(one.url).bearer((await login(one.url, admin.email, admin.password)).access_token);
  expect((await left.get("/api/audit?action=member")).body).toMatchObject([
    { action: "member.moved_out", outcome: "done", actor: null, subject: { label: email } },
  ]);
});

test("while the secret is being changed every instance takes what every other gave: sessions, steps, tokens of forms, cursors", async ({
  ground,
}) => {
  const { email, password } = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  await login(one.url, email, password);
  const now = ground.environment(0).NEXTAUTH_SECRET;
  const next = randomBytes(33).toString("hex");
  const secrets = (NEXTAUTH_SECRET = now, NEXTAUTH_SECRET_PREVIOUS = next) => ({
    DATABASE_URL: database.appUrl,
    NEXTAUTH_SECRET,
    NEXTAUTH_SECRET_PREVIOUS,
  });
  const [knowing, turned] = await Promise.all([
    ground.startApplication(secrets(now, next)),
    ground.startApplication(secrets(next, now)),
  ]);
  for (const [from, to] of [
    [one, knowing],
    [knowing, one],
    [knowing, turned],
    [turned, knowing],
  ] as const) {
    const cookies = cookiesAt(to.url, await openSession(from.url, email, password));
    const browser = new Api(to.url).with({ Cookie: cookieHeader(cookies), Origin: to.url });
    const page = await new Api(from.url)
      .with({ Cookie: cookieHeader(cookiesAt(from.url, cookies)) })
      .get("/api/audit?limit=1");
    expect((await browser.get(nextPage(page) ?? "")).status).toBe(200);
    // The form's token is of the one, and is posted to the other.
    const csrf = await fetch(`${from.url}/api/auth/csrf`, {
      headers: { Cookie: cookieHeader(cookiesAt(from.url, cookies)) },
    });
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const signOut = await fetch(`${to.url}/api/auth/signout`, {
      method: "POST",
      headers: { Cookie: cookieHeader(cookies), Origin: to.url },
      body: new URLSearchParams({ csrfToken, json: "true" }),
    });
    expect(signOut.status).toBe(200);
    expectProblem(await browser.get("/api/user/tenant"), 401, "session_ended");
    // A step that the one has asked for is taken at the other: of a browser, and of a client of the API.
    const invited = await newUser(ground, { tenant: newTenant(), temporary: true });
    const steps: Cookies = new Map();
    await postToNextAuth(from.url, "callback/password", steps, invited);
    const taken = cookiesAt(to.url, steps);
    await postToNextAuth(to.url, "callback/challenge", taken, { answer: `${invited.password}-2` });
    expect(taken.has(cookieNameAt(to.url, "session"))).toBe(true);
    const client = await newUser(ground, { tenant: newTenant(), temporary: true });
    const { session } = (await new Api(from.url).post("/api/user/login", client)).body as { session: string };
    const chosen = { email: client.email, session, new_password: `${client.password}-2` };
    expect((await new Api(to.url).post("/api/user/new-password", chosen)).status).toBe(200);
  }
  await Promise.all([knowing, turned].map(killApplication));
});

test("two applications on one machine share a browser's cookies and sign each other's people out of nothing", async ({
  ground,
}) => {
  const { email, password } = await newUser(ground, { tenant: newTenant() });
  const jar: Cookies = new Map();
  for (const { url } of [one, other]) {
    expect((await postToNextAuth(url, "callback/password", jar, { email, password })).status).toBe(200);
  }
  const tenantAt = (url: string) => new Api(url).with({ Cookie: cookieHeader(jar) }).get("/api/user/tenant");
  expect([(await tenantAt(one.url)).status, (await tenantAt(other.url)).status]).toEqual([200, 200]);
  await postToNextAuth(one.url, "signout", jar, {});
  expect([(await tenantAt(one.url)).status, (await tenantAt(other.url)).status]).toEqual([401, 200]);
  const scheme = (await new Api(other.url).get("/api/openapi.json")).body as {
    components: { securitySchemes: Record<string, { name?: string }> };
  };
  const names = Object.values(scheme.components.securitySchemes).map(({ name }) => name);
  expect(names).toContain(cookieNameAt(other.url, "session"));
});
