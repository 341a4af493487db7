import { createHash } from "node:crypto";
import { join } from "node:path";
import { killApplication } from "../../infra/local/stack";
import { HOME } from "../../lib/home";
import { type Answer, Api, login, Tokens } from "../support/api";
import { cookieHeader, cookieOf, openSession, postToNextAuth } from "../support/browser-session";
import { cookieNameAt } from "../support/cookie-name";
import { PAGES } from "../support/pages";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser } from "../support/users";
import { type Received, type Visit, visitEverything } from "../support/visit";

/** How every JWT begins, signed or encrypted: base64url of `{"`. */
const TOKEN = /eyJ/;
const SESSION_BYTES = 1_500;

let visit: Visit;
test.beforeAll(async ({ stack, browser }) => {
  // Every page, each of them answered by way of this process.
  test.setTimeout(360_000);
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin", "operator"], temporary: true });
  const context = await browser.newContext({ baseURL: stack.application.url });
  visit = await visitEverything(context, user);
  await context.close();
});

test("no answer that a browser gets carries a token, but for the encrypted cookies", async () => {
  const asked = visit.received.map(({ path, status }) => `${status} ${path}`);
  for (const answer of [
    ...PAGES.map((path) => `200 ${path}`),
    "200 /api/auth/session",
    "200 /challenge",
    "404 /not/a/page",
  ]) {
    expect(asked).toContain(answer);
  }
  expect(visit.received.filter(isRsc).length).toBeGreaterThanOrEqual(3);
  expect(visit.received.filter(carriesToken).map(({ path }) => path)).toEqual([]);
});

test("what a script in the page can learn of the session is a name and a time", async () => {
  const sessions = visit.received.filter(({ path }) => path === "/api/auth/session");
  const signedIn = sessions.map(({ body }) => JSON.parse(body)).find((session) => "user" in session);
  expect(signedIn).toEqual({ user: { name: expect.stringContaining("@") }, expires: expect.any(String) });
});

test("the browser meets no error and no violation of the policy on any page", async () => {
  // The browser's own note of an answer: a page that does not exist, a sign-in that needs one more step.
  const answers = /: Failed to load resource: the server responded with a status of 40[14]/;
  expect(visit.complaints.filter((complaint) => !answers.test(complaint))).toEqual([]);
});

test("every cookie is HttpOnly, SameSite=Lax and for the whole site, and the session is one small cookie", async ({
  baseURL,
}) => {
  const cookies = visit.received.flatMap(setCookies);
  const names = new Set(cookies.map(({ name }) => name));
  expect([...names].sort()).toEqual([
    cookieNameAt(baseURL, "callback"),
    cookieNameAt(baseURL, "challenge"),
    cookieNameAt(baseURL, "csrf"),
    cookieNameAt(baseURL, "device"),
    cookieNameAt(baseURL, "session"),
  ]);
  for (const { line, attributes } of cookies) {
    expect(attributes, line.slice(0, 40)).toEqual(
      expect.arrayContaining(["httponly", "samesite=lax", "path=/"]),
    );
  }
});

test("the session cookie stays below 1.5 KB for the longest name there can be", async ({
  stack,
  baseURL,
}) => {
  const email = `${"a".repeat(64)}@${"b".repeat(50)}.example`;
  const { password } = await newUser(stack, { tenant: newTenant(), email });
  const session = (await openSession(baseURL, email, password)).get(cookieNameAt(baseURL, "session")) ?? "";
  expect(session.length).toBeGreaterThan(100);
  expect(`${cookieNameAt(baseURL, "session")}=${session}`.length).toBeLessThan(SESSION_BYTES);
});

test("behind https the cookies are Secure and bound to the host, and browsers are told to stay there", async ({
  stack,
}) => {
  const NEXTAUTH_URL = "https://sekisho.example";
  const application = await stack.startApplication({
    NEXTAUTH_URL,
    TRUSTED_PROXY_HOPS: "0",
    DATA_DIR: join(stack.dataDir, "https"),
  });
  const csrf = await fetch(`${application.url}/api/auth/csrf`);
  const lines = csrf.headers.getSetCookie();
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/^__Host-sekisho\.\w+=.*; Path=\/; .*Secure/);
  for (const path of ["/signin", "/api/health", "/api/user/me", "/api/nothing", "/api/docs"]) {
    const answer = await fetch(`${application.url}${path}`);
    expect(answer.headers.get("strict-transport-security"), path).toContain("max-age=");
  }
  await killApplication(application);
});

test("what a browser posts as an update of its session changes nothing", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const cookies = await openSession(baseURL, user.email, user.password);
  const look = async () => {
    const api = new Api(baseURL).with({ Cookie: cookieHeader(cookies) });
    const [me, tenant, session] = [
      await api.get("/api/user/me"),
      await api.get("/api/user/tenant"),
      await api.get("/api/auth/session"),
    ];
    return [me.body, tenant.body, (session.body as { user: unknown }).user];
  };
  const before = await look();
  const data = {
    tenant_id: "globex",
    "custom:tenant_id": "globex",
    sub: "somebody-else",
    sessionId: "01900000-0000-7000-8000-000000000000",
    name: "administrator",
    groups: ["admin"],
    "cognito:groups": ["admin"],
    user: { name: "administrator" },
  };
  const csrf = await new Api(baseURL).with({ Cookie: cookieHeader(cookies) }).get("/api/auth/csrf");
  const { csrfToken } = csrf.body as { csrfToken: string };
  const posted = await new Api(baseURL)
    .with({ Cookie: cookieHeader(cookies) })
    .post("/api/auth/session", { csrfToken, data }, { Origin: baseURL });
  expect(posted.status).toBe(200);
  expect(posted.headers.getSetCookie()).toEqual([]);
  expect(await look()).toEqual(before);
});

test("every page, also one that does not exist, runs only the scripts of its own nonce", async ({
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["admin"] });
  const cookie = { Cookie: await cookieOf(baseURL, user) };
  const nonces = new Set<string>();
  const pages = [
    ...[...PAGES, "/no-tenant", "/not/a/page", "/members?cursor=made-up"].map((path) => ({
      path,
      headers: cookie,
    })),
    ...["/signin", "/signin?error=session_ended", `/signin?callbackUrl=${HOME}`].map((path) => ({
      path,
      headers: {},
    })),
  ];
  for (const { path, headers } of pages) {
    const { text, headers: received } = await new Api(baseURL).get(path, headers);
    const policy = received.get("content-security-policy") ?? "";
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce.length, path).toBeGreaterThanOrEqual(22);
    nonces.add(nonce);
    expect(policy, path).not.toMatch(/unsafe-(inline|eval)/);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    const scripts = text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
    expect(text, path).not.toMatch(/<[^>]+\son\w+=|<style(?![^>]*nonce)|javascript:/i);
    expect(received.get("cache-control"), path).toContain("no-store");
  }
  expect(nonces.size).toBe(pages.length);
});

test("the application writes no secret and no address into its log, whatever goes wrong", async ({
  stack,
  baseURL,
}) => {
  const api = new Api(baseURL);
  const { email, password } = await newUser(stack, { tenant: newTenant(), temporary: true });
  const secrets = new Map([
    ["temporary password", password],
    ["e-mail address", email],
  ]);
  const keep = (name: string, secret: string) => {
    secrets.set(name, secret);
    return secret;
  };
  const wrong = keep("wrong password", `Wr0ng-${crypto.randomUUID()}`);
  await api.post("/api/user/login", { email, password: wrong });
  await api.post("/api/user/login", { email, password: wrong, extra: 1 });
  await api.send("POST", "/api/user/login", { raw: `{"email":"${email}","password":"${wrong}"` });

  const asked = (await api.post("/api/user/login", { email, password })).body as { session: string };
  const session = keep("challenge session", asked.session);
  const weak = keep("weak password", `weak${Date.now()}`);
  await api.post("/api/user/new-password", { email, session, new_password: weak });
  const chosen = keep("new password", `Ch0sen-${crypto.randomUUID()}`);
  const tokens = Tokens.parse(
    (await api.post("/api/user/new-password", { email, session, new_password: chosen })).body,
  );
  await api.post("/api/user/new-password", { email, session, new_password: chosen });
  keep("access token", tokens.access_token);
  keep("ID token", tokens.id_token);
  keep("refresh token", tokens.refresh_token);

  await api.bearer(tokens.access_token).get("/api/user/tenant");
  await api.bearer(tokens.id_token).get("/api/user/tenant");
  await api.bearer(tokens.access_token.slice(0, -8)).get("/api/user/tenant");
  await api.bearer(keep("made-up bearer", crypto.randomUUID())).get("/api/user/tenant");
  await api.post("/api/user/refresh", { refresh_token: tokens.refresh_token });
  await api.post("/api/user/refresh", { refresh_token: keep("made-up refresh token", crypto.randomUUID()) });
  const cookies = await openSession(baseURL, email, chosen);
  keep("session cookie", cookies.get(cookieNameAt(baseURL, "session")) ?? "");
  await postToNextAuth(baseURL, "callback/password", new Map(), { email, password: wrong });
  const cookie = {
    Cookie: `${cookieNameAt(baseURL, "session")}=${keep("made-up cookie", crypto.randomUUID())}`,
  };
  await api.get("/api/user/tenant", cookie);
  await api.get(HOME, cookie);
  await api.get(`/api/members?access_token=${keep("token in an address", crypto.randomUUID())}`);
  const path = keep("address in a path", `${crypto.randomUUID()}@example.com`);
  for (const place of ["/api/members", "/api/unknown", ""]) await api.get(`${place}/${path}`);
  // Refused before Next is asked.
  await api.get(`/api/members?access_token=${keep("token in a malformed address", crypto.randomUUID())}%ff`);
  await api.get("/api/health", { "X-Request-Id": keep("id of nobody we trust", crypto.randomUUID()) });
  await api.bearer(tokens.access_token).post("/api/user/logout");
  await api.bearer(tokens.access_token).get("/api/user/tenant");
  const { headers } = await api.post("/api/user/refresh", { refresh_token: tokens.refresh_token });
  // A request has its line when its answer is out.
  const line = new RegExp(`"http.request".*${headers.get("x-request-id")}`);
  await expect.poll(stack.application.output).toMatch(line);

  const log = stack.application.output();
  expect(log).toContain("http.refused");
  for (const [name, secret] of secrets) {
    expect(secret.length, name).toBeGreaterThan(10);
    expect(log.includes(secret), name).toBe(false);
  }
  expect(log).not.toMatch(TOKEN);
});

test("each request has one line in the log, with its route, its tenant and a digest of who asked", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  const cookie = { Cookie: await cookieOf(baseURL, user) };
  const { access_token } = await login(baseURL, user.email, user.password);
  const api = new Api(baseURL);
  const asked = [
    await api.bearer(access_token).get("/api/members/nobody"),
    await api.get("/api/members", cookie),
    await api.get("/api/members"),
  ];
  const me = (await api.get("/api/user/me", cookie)).body as { sub: string };
  const subject = createHash("sha256").update(me.sub).digest("hex").slice(0, 16);
  await api.get("/members", cookie);
  const lines = () =>
    stack.application
      .output()
      .split("\n")
      .filter((line) => line.startsWith('{"time"') && line.includes('"http.request"'))
      .map((line) => JSON.parse(line));
  const linesOf = ({ headers }: Answer) =>
    lines().filter(({ request_id }) => request_id === headers.get("x-request-id"));
  const known = { tenant, subject };
  const expected = [
    { route: "/api/members/{id}", status: asked[0]?.status, ...known },
    { route: "/api/members", status: 200, ...known },
    { route: "/api/members", status: 401, code: "missing_token", tenant: null, subject: null },
  ];
  for (const [index, answer] of asked.entries()) {
    await expect.poll(() => linesOf(answer)).toMatchObject([{ method: "GET", ...expected[index] }]);
  }
  await expect
    .poll(() => lines().filter((line) => line.subject === subject && line.route === "/members"))
    .toMatchObject([{ method: "GET", status: 200, ...known }]);
});

test("what anybody posts to NextAuth's own log is not written into ours", async ({ stack, baseURL }) => {
  const canary = crypto.randomUUID();
  for (const level of ["error", "warn", "debug"]) {
    await new Api(baseURL).post("/api/auth/_log", { level, code: canary, message: canary, url: canary });
    const form = new URLSearchParams({ level, code: canary, message: canary });
    await new Api(baseURL).send("POST", "/api/auth/_log", {
      raw: form,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
  }
  await newMember(stack);
  expect(stack.application.output()).not.toContain(canary);
});

function isRsc({ headers }: Received): boolean {
  return headers.some(
    ({ name, value }) => name.toLowerCase() === "content-type" && value.startsWith("text/x-component"),
  );
}

function setCookies({ headers }: Received) {
  return headers
    .filter(({ name }) => name.toLowerCase() === "set-cookie")
    .map(({ value }) => ({
      line: value,
      name: value.split("=")[0] ?? "",
      attributes: value.toLowerCase().split("; ").slice(1),
    }));
}

/** The session and a pending challenge are encrypted for the server: their values look like tokens, and are not. */
function carriesToken({ headers, body }: Received): boolean {
  const open = headers.filter(
    ({ name, value }) =>
      !(name.toLowerCase() === "set-cookie" && /^sekisho-\d+\.(session|challenge)=/.test(value)),
  );
  return TOKEN.test(body) || open.some(({ value }) => TOKEN.test(value));
}
