import { createHash } from "node:crypto";
import { SignUpCommand, UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Application } from "../../infra/local/application";
import { poolSettings } from "../../infra/local/pool-shape";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { killApplication } from "../../infra/local/stack";
import { Api, login } from "../support/api";
import { openSession, postToNextAuth, refusalOf } from "../support/browser-session";
import { type Cookies, cookieNameAt } from "../support/cookie-name";
import { behind } from "../support/database";
import { fillSignIn } from "../support/person";
import { expectProblem, withoutRequestId } from "../support/problem";
import { newDatabase } from "../support/shared-postgres";
import { withoutPostgres } from "../support/skip-reason";
import { expect, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";

const reason = withoutPostgres();
const WRONG = "Wr0ng!password";
const PER_ACCOUNT = 4;
const PER_ADDRESS = 30;

/** Three instances on one database: two that trust one proxy, and one that trusts none. */
let database: TestDatabase;
let behindProxy: Application;
let alsoBehindProxy: Application;
let direct: Application;

test.skip(reason !== null, reason ?? "");
test.beforeAll(async ({ ground }) => {
  database = await newDatabase();
  const environment = {
    DATABASE_URL: database.appUrl,
    SIGN_IN_TRIES_PER_ACCOUNT: String(PER_ACCOUNT),
    SIGN_IN_TRIES_PER_ADDRESS: String(PER_ADDRESS),
  };
  const trusting = { ...environment, TRUSTED_PROXY_HOPS: "1" };
  [behindProxy, alsoBehindProxy, direct] = await Promise.all([
    ground.startApplication(trusting),
    ground.startApplication(trusting),
    ground.startApplication(environment),
  ]);
});
test.afterAll(async () => {
  await Promise.all([behindProxy, alsoBehindProxy, direct].map(killApplication));
});

let addresses = 0;
const newAddress = () => `203.0.113.${++addresses}`;

test("twenty wrong passwords for one user end in 429 on every instance, and only for a while", async ({
  ground,
  page,
}) => {
  const user = await newUser(ground, { tenant: newTenant() });
  const attempt = (url: string, password: string, email = user.email) =>
    from(url, newAddress()).post("/api/user/login", { email, password });
  for (let i = 0; i < 20; i++) {
    const { url } = i % 2 === 0 ? behindProxy : alsoBehindProxy;
    const answer = await attempt(url, WRONG, i % 3 === 0 ? user.email.toUpperCase() : user.email);
    if (i < PER_ACCOUNT) expectProblem(answer, 401, "invalid_credentials");
    else expectRateLimited(answer);
  }
  expectRateLimited(await attempt(alsoBehindProxy.url, user.password));

  await page.goto(`${behindProxy.url}/signin`);
  await fillSignIn(page, user);
  await expect(page.getByText("Too many tries. Try again in 5 minutes.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(user.email);

  const colleague = await newUser(ground, { tenant: newTenant() });
  await login(behindProxy.url, colleague.email, colleague.password);

  await afterTheWindow();
  expect((await attempt(behindProxy.url, user.password)).status).toBe(200);
});

test("one password tried on many users ends in 429 for that address, and for no other", async ({
  ground,
}) => {
  const { url } = behindProxy;
  const [attacker, somebodyElse] = [from(url, newAddress()), from(url, newAddress())];
  const statuses: number[] = [];
  for (let i = 0; i < 200; i++) {
    const body = { email: `user-${i}@people.example`, password: WRONG };
    statuses.push((await attacker.post("/api/user/login", body)).status);
  }
  expect(statuses.slice(0, PER_ADDRESS).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(PER_ADDRESS).every((status) => status === 429)).toBe(true);
  const user = await newUser(ground, { tenant: newTenant() });
  expectRateLimited(await attacker.post("/api/user/login", user));
  expect((await somebodyElse.post("/api/user/login", user)).status).toBe(200);
  await afterTheWindow();
  expect((await attacker.post("/api/user/login", user)).status).toBe(200);
});

test("an address that a caller makes up does not make it another one", async () => {
  await afterTheWindow();
  const real = newAddress();
  for (const [{ url }, header, most] of [
    [behindProxy, (i: number) => `198.51.100.${i}, 10.0.0.${i}, ${real}`, PER_ADDRESS],
    // Nobody is told apart there, so that all of them together have more.
    [direct, (i: number) => `198.51.100.${i}`, 4 * PER_ADDRESS],
  ] as const) {
    const statuses = new Set<number>();
    for (let i = 0; i < most + 5; i++) {
      const api = new Api(url).with({
        "X-Forwarded-For": header(i),
        "X-Real-IP": `198.51.100.${i}`,
        "X-Sekisho-Peer": `198.51.100.${i}`,
      });
      const body = { email: `made-up-${i}@people.example`, password: WRONG };
      statuses.add((await api.post("/api/user/login", body)).status);
    }
    expect([...statuses]).toEqual([401, 429]);
    await afterTheWindow();
  }
});

test("a sign-in that succeeds does not count", async ({ ground }) => {
  const user = await newUser(ground, { tenant: newTenant() });
  const { url } = direct;
  for (let i = 0; i < PER_ACCOUNT * 3; i++) await login(url, user.email, user.password);
  await openSession(url, user.email, user.password);
});

test("the second step, the code of a mail and the old password are counted as well", async ({ ground }) => {
  await afterTheWindow();
  const user = await newUser(ground, { tenant: newTenant(), temporary: true });
  const api = from(behindProxy.url, newAddress());
  const reset = { email: user.email, code: "000000", new_password: "Str0ng!enough" };
  const tries: [string, () => Promise<{ status: number }>][] = [
    ["reset-password", () => api.post("/api/user/reset-password", reset)],
    ["forgot-password", () => api.post("/api/user/forgot-password", { email: user.email })],
  ];
  for (const [name, attempt] of tries) {
    const statuses: number[] = [];
    for (let i = 0; i <= PER_ACCOUNT; i++) statuses.push((await attempt()).status);
    expect(statuses.slice(0, PER_ACCOUNT), name).not.toContain(429);
    expect(statuses.at(-1), name).toBe(429);
    await afterTheWindow();
  }
  const cookies = new Map();
  await postToNextAuth(direct.url, "callback/password", cookies, user);
  const weak = () =>
    postToNextAuth(direct.url, "callback/challenge", cookies, { answer: "weak" }).then(refusalOf);
  for (let i = 0; i < PER_ACCOUNT; i++) expect(await weak()).toMatch(/^password_rejected:/);
  expect(await weak()).toMatch(/^rate_limited:\d+$/);
  await afterTheWindow();
});

test("strangers who fail in somebody's name keep neither their browser out nor a client of theirs", async ({
  ground,
}) => {
  const user = await newUser(ground, { tenant: newTenant() });
  const { url } = behindProxy;
  const cookies: Cookies = await openSession(url, user.email, user.password);
  const home = newAddress();
  expect((await from(url, home).post("/api/user/login", user)).status).toBe(200);
  const fail = () => from(url, newAddress()).post("/api/user/login", { email: user.email, password: WRONG });
  for (let i = 0; i < PER_ACCOUNT; i++) expectProblem(await fail(), 401, "invalid_credentials");
  expectRateLimited(await fail());
  expectRateLimited(await from(url, newAddress()).post("/api/user/login", user));

  const device = cookieNameAt(url, "device");
  const browser: Cookies = new Map([[device, cookies.get(device) ?? ""]]);
  const page = () => postToNextAuth(url, "callback/password", browser, user).then(refusalOf);
  await expect.poll(page).toBeNull();
  expect((await from(url, home).post("/api/user/login", user)).status).toBe(200);
  // What one knows one account by is of no use with another.
  const other = await newUser(ground, { tenant: newTenant() });
  for (let i = 0; i < PER_ACCOUNT; i++)
    await from(url, newAddress()).post("/api/user/login", { email: other.email, password: WRONG });
  const asOther = postToNextAuth(url, "callback/password", new Map(browser), other).then(refusalOf);
  expect(await asOther).toMatch(/^rate_limited:/);
});

test("where no address is known, what a crowd fails does not keep everybody out", async ({ ground }) => {
  await afterTheWindow();
  for (let i = 0; i < 2 * PER_ADDRESS; i++) {
    const body = { email: `crowd-${i}@people.example`, password: WRONG };
    await new Api(direct.url).post("/api/user/login", body);
  }
  const user = await newUser(ground, { tenant: newTenant() });
  await login(direct.url, user.email, user.password);
  await afterTheWindow();
});

test("nothing has us call Cognito as often as one likes: junk of every kind ends in 429", async ({
  ground,
}) => {
  const { url } = behindProxy;
  const junk = { email: "junk@people.example", session: "x".repeat(30) };
  const posts: [string, (i: number) => object][] = [
    ["refresh", (i) => ({ refresh_token: `junk-${i}` })],
    ["mfa-setup", () => junk],
    ["mfa", (i) => ({ ...junk, email: `junk-${i}@people.example`, code: "000000", challenge: "SMS_MFA" })],
    ["select-mfa", (i) => ({ ...junk, email: `junk-${i}@people.example`, answer: "SMS_MFA" })],
    ["new-password", (i) => ({ ...junk, email: `junk-${i}@people.example`, new_password: "Str0ng!enough" })],
    ["login", (i) => ({ email: `junk-${i}@people.example`, password: WRONG })],
    [
      "reset-password",
      (i) => ({ email: `junk-${i}@people.example`, code: "000000", new_password: "Str0ng!enough" }),
    ],
    ["forgot-password", (i) => ({ email: `junk-${i}@people.example` })],
  ];
  for (const [path, body] of posts) {
    const api = from(url, newAddress());
    const calls = async (count: number, offset: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => api.post(`/api/user/${path}`, body(offset + i))));
    const before = await calls(PER_ADDRESS, 0);
    expect(
      before.map(({ status }) => status),
      path,
    ).not.toContain(429);
    for (const answer of await calls(3, PER_ADDRESS)) expectRateLimited(answer);
  }
  // What nobody is to blame for is not counted against whom it names.
  const named = await newUser(ground, { tenant: newTenant() });
  for (let i = 0; i < PER_ACCOUNT + 2; i++) {
    await from(url, newAddress()).post("/api/user/mfa", {
      ...junk,
      email: named.email,
      code: "000000",
      challenge: "SMS_MFA",
    });
  }
  await login(url, named.email, named.password);
});

test("both ways of the Hosted UI are limited, and a browser that comes back is told on the sign-in page", async () => {
  const { url } = behindProxy;
  const headers = { "X-Forwarded-For": newAddress() };
  const back = () =>
    fetch(`${url}/api/auth/callback/cognito?code=x&state=y`, { headers, redirect: "manual" });
  for (let i = 0; i < 4 * PER_ADDRESS; i++)
    expect((await back()).headers.get("location")).not.toContain("rate_limited");
  const refused = await back();
  expect([refused.status, refused.headers.get("location")]).toEqual([
    303,
    expect.stringMatching(/\/signin\?error=rate_limited%3A\d+$/),
  ]);
  const asked = await postToNextAuth(url, "signin/cognito", new Map(), {}, url, headers);
  expect(asked.status).toBe(429);
  const spelt = await fetch(`${url}/api/auth/callback/%63ognito?code=x`, { headers, redirect: "manual" });
  expect(spelt.headers.get("location")).toContain("rate_limited");
});

test("who is signed in has us call Cognito within limits too", async ({ ground }) => {
  const user = await newUser(ground, { tenant: newTenant(), groups: ["admin"] });
  const api = new Api(direct.url).bearer((await login(direct.url, user.email, user.password)).access_token);
  const { sub } = (await api.get("/api/user/me")).body as { sub: string };
  await spendAll(sub);
  for (const [method, path, body] of [
    ["get", "/api/user/mfa-preference"],
    ["patch", "/api/user/mfa-preference", { preferred: "SMS_MFA" }],
    ["post", "/api/user/totp", {}],
    ["get", "/api/members"],
    ["get", `/api/members/${sub}`],
    ["patch", `/api/members/${sub}`, { role: "viewer" }],
    ["delete", `/api/members/${sub}`],
    ["post", "/api/members/sync", {}],
  ] as const) {
    const answer = await (method === "get" || method === "delete"
      ? api[method](path)
      : api[method](path, body));
    expectRateLimited(answer);
  }
  expect((await api.get("/api/user/tenant")).status).toBe(200);
});

test("the counters hold no e-mail address", async () => {
  const email = `canary-${crypto.randomUUID()}@people.example`;
  await from(behindProxy.url, newAddress()).post("/api/user/login", { email, password: WRONG });
  const rows = await behind<{ key: string }>(database, "select key from rate_limits");
  expect(rows.length).toBeGreaterThan(1);
  for (const { key } of rows) expect(key).not.toMatch(/@|canary/);
});

test("an unknown, a wrong, an unconfirmed and a disabled sign-in are told the same, byte for byte", async ({
  ground,
}) => {
  const known = await newUser(ground, { tenant: newTenant() });
  const disabled = await newUser(ground, { tenant: newTenant(), disabled: true });
  const unconfirmed = await signUp(ground);
  const { url } = behindProxy;
  const tries = [
    { email: "unknown@people.example", password: known.password },
    { email: known.email, password: WRONG },
    disabled,
    { email: disabled.email, password: WRONG },
    unconfirmed,
    { email: unconfirmed.email, password: WRONG },
  ];
  const [first, ...others] = await Promise.all(
    tries.map(async ({ email, password }) => {
      const answer = await from(url, newAddress()).post("/api/user/login", { email, password });
      expectProblem(answer, 401, "invalid_credentials");
      const page = await postToNextAuth(url, "callback/password", new Map(), { email, password });
      return { json: withoutRequestId(answer), page: [page.status, await page.text()] };
    }),
  );
  for (const other of others) expect(other).toEqual(first);
});

function from(url: string, address: string): Api {
  return new Api(url).with({ "X-Forwarded-For": address });
}

function expectRateLimited(answer: Parameters<typeof expectProblem>[0]): void {
  expectProblem(answer, 429, "rate_limited");
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(300);
}

/** As if they had called as often as they may. */
async function spendAll(sub: string): Promise<void> {
  const key = createHash("sha256").update(sub).digest("base64url");
  await behind(
    database,
    `insert into rate_limits values ('cognito_call.account:${key}', 300, ${Date.now() + 300_000})`,
  );
}

/** As if the five minutes were over. */
async function afterTheWindow(): Promise<void> {
  await behind(database, "update rate_limits set expire = expire - 300000");
}

/** Somebody who signed up and has not confirmed the address. */
async function signUp({ pool }: Parameters<typeof withCognito>[0]) {
  const user = { email: `${crypto.randomUUID()}@people.example`, password: `Pw-${crypto.randomUUID()}` };
  await withCognito({ pool }, async (client, UserPoolId) => {
    const settings = { UserPoolId, ...poolSettings({}) };
    const open = { ...settings, AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } };
    await client.send(new UpdateUserPoolCommand(open));
    const { email: Username, password: Password } = user;
    await client.send(
      new SignUpCommand({
        ClientId: pool.COGNITO_APP_CLIENT_ID,
        Username,
        Password,
        UserAttributes: [{ Name: "email", Value: Username }],
      }),
    );
    await client.send(new UpdateUserPoolCommand(settings));
  });
  return user;
}
