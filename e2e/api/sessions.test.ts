import { join } from "node:path";
import { AdminAddUserToGroupCommand, CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { freePort } from "../../infra/local/ports";
import { killApplication } from "../../infra/local/stack";
import { HOME } from "../../lib/home";
import { Api } from "../support/api";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { type Cookies, cookieNameAt } from "../support/cookie-name";
import { apiOf } from "../support/person";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser, withCognito } from "../support/users";

const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";

test("nobody ends or sees somebody else's session, and cannot tell it from one that never was", async ({
  stack,
  baseURL,
}) => {
  const [one, other] = await Promise.all([
    newUser(stack, { tenant: "acme-sessions", groups: ["admin"] }),
    newUser(stack, { tenant: "acme-sessions" }),
  ]);
  const api = await apiOf(stack, one);
  const cookies = await openSession(baseURL, other.email, other.password);
  const theirs = new Api(baseURL).with({ Cookie: cookieHeader(cookies), Origin: baseURL });
  const [session] = (await theirs.get("/api/user/sessions")).body as { id: string; current: boolean }[];
  expect(session).toMatchObject({ current: true });
  expect((await api.get("/api/user/sessions")).body).toEqual([]);

  const unknown = await api.delete(`/api/user/sessions/${UNKNOWN_ID}`);
  expectProblem(unknown, 404, "not_found");
  for (const id of [session?.id, "x", "../sessions"]) {
    const answer = await api.delete(`/api/user/sessions/${encodeURIComponent(String(id))}`);
    expect(withoutRequestId(answer).text).toEqual(withoutRequestId(unknown).text);
  }
  expect((await theirs.get("/api/user/me")).status).toBe(200);
  expect((await theirs.delete(`/api/user/sessions/${session?.id}`)).status).toBe(204);
  expectProblem(await theirs.get("/api/user/me"), 401, "session_ended");
});

test("what is listed of a session holds no token and nothing secret", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const cookies = await openSession(baseURL, user.email, user.password);
  const answer = await new Api(baseURL).get("/api/user/sessions", { Cookie: cookieHeader(cookies) });
  const [session] = answer.body as object[];
  expect(Object.keys(session ?? {}).sort()).toEqual(
    ["id", "current", "sign_in", "user_agent", "address", "created_at", "last_seen_at"].sort(),
  );
});

test("who asks NextAuth who is signed in is set no cookie, and loses none: it may come after a sign-in of meanwhile", async ({
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const signedIn = await openSession(baseURL, user.email, user.password);
  const bad = new Map([...signedIn, [cookieNameAt(baseURL, "session"), "bad"]]);
  for (const cookies of [signedIn, bad, new Map()]) {
    const answer = await new Api(baseURL).get("/api/auth/session", { Cookie: cookieHeader(cookies) });
    const isKnown = Object.hasOwn(answer.body as object, "user");
    expect([answer.status, isKnown, answer.headers.getSetCookie()]).toEqual([200, cookies === signedIn, []]);
  }
});

test("a session that was planted before signing in is not the one that signing in opens", async ({
  stack,
  baseURL,
}) => {
  const [attacker, victim] = await Promise.all([
    newUser(stack, { tenant: newTenant() }),
    newUser(stack, { tenant: newTenant() }),
  ]);
  const planted = await openSession(baseURL, attacker.email, attacker.password);
  const cookies: Cookies = new Map(planted);
  expect((await postToNextAuth(baseURL, "callback/password", cookies, victim)).status).toBe(200);
  expect(cookies.get(cookieNameAt(baseURL, "session"))).not.toBe(
    planted.get(cookieNameAt(baseURL, "session")),
  );
  const [idOfPlanted, idOfVictim] = [
    await currentSession(baseURL, planted),
    await currentSession(baseURL, cookies),
  ];
  expect(idOfVictim).not.toBe(idOfPlanted);

  const again: Cookies = new Map(cookies);
  await postToNextAuth(baseURL, "callback/password", again, victim);
  expect(await currentSession(baseURL, again)).not.toBe(idOfVictim);
});

test("on https every cookie is Secure, HttpOnly, Lax, for the whole site and bound to the host", async ({
  ground,
}) => {
  const port = await freePort();
  const NEXTAUTH_URL = `https://localhost:${port}`;
  const { url, ...application } = await ground.startApplication(
    { NEXTAUTH_URL, TRUSTED_PROXY_HOPS: "0", DATA_DIR: join(ground.dataDir, "secure") },
    port,
  );
  const fresh = await newUser(ground, { tenant: newTenant(), temporary: true });
  const cookies: Cookies = new Map();
  const lines: string[] = [];
  const post = async (action: string, form: Record<string, string>) => {
    const answer = await postToNextAuth(url, action, cookies, form, NEXTAUTH_URL);
    lines.push(...answer.headers.getSetCookie());
  };
  lines.push(...(await fetch(`${url}/api/auth/csrf`)).headers.getSetCookie());
  await post("callback/password", fresh);
  await post("callback/challenge", { answer: `New-${fresh.password}` });
  expect(cookies.has(`__Host-sekisho-${port}.session`)).toBe(true);
  await post("signin/cognito", { callbackUrl: HOME });
  await post("signout", {});
  const names = new Set(lines.map((line) => line.split("=")[0]));
  expect([...names].sort()).toEqual(
    ["callback", "challenge", "csrf", "device", "nonce", "pkce", "session", "state"].map(
      (name) => `__Host-sekisho-${port}.${name}`,
    ),
  );
  for (const line of lines) {
    const attributes = line.toLowerCase().split("; ").slice(1);
    expect(attributes, line.slice(0, 40)).toEqual(
      expect.arrayContaining(["path=/", "httponly", "secure", "samesite=lax"]),
    );
    expect(line).not.toMatch(/domain=/i);
  }
  await killApplication({ url, ...application });
});

test("a user in twenty groups has one session cookie, below 1.5 KB", async ({ stack, baseURL }) => {
  const { email, password } = await newUser(stack, { tenant: "t".repeat(64) });
  await withCognito(stack, async (client, UserPoolId) => {
    for (let i = 0; i < 20; i++) {
      const GroupName = `a-rather-long-name-of-a-group-as-companies-have-them-${i}`;
      await client.send(new CreateGroupCommand({ UserPoolId, GroupName }));
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: email }));
    }
  });
  const cookies = await openSession(baseURL, email, password);
  const session = [...cookies].filter(([name]) => name.startsWith(cookieNameAt(baseURL, "session")));
  expect(session.map(([name]) => name)).toEqual([cookieNameAt(baseURL, "session")]);
  expect(session.join("=").length).toBeLessThan(1_500);
  expect((await new Api(baseURL).get("/api/user/me", { Cookie: cookieHeader(cookies) })).status).toBe(200);
});

async function currentSession(url: string, cookies: Cookies): Promise<string | undefined> {
  const answer = await new Api(url).get("/api/user/sessions", { Cookie: cookieHeader(cookies) });
  const sessions = answer.body as { id: string; current: boolean }[];
  return sessions.find(({ current }) => current)?.id;
}
