import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { FROM_FORM } from "@/infra/local/testing/from-form";
import {
  type KeyServer,
  makeSigningKey,
  type SigningKey,
  startKeyServer,
} from "../../../infra/local/testing/key-server";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { signToken } from "../../../infra/local/testing/token";
import { endAccessHere, endOtherAccess } from "../endings/end-access";
import { encodeCookie, sessionCookieFrom } from "../session/session-cookie";
import { createSession, endSession } from "../session/session-store";
import { identify, type Presented } from "./identify";

const ISSUER = "http://127.0.0.1:1/pool";

let key: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  key = await makeSigningKey("key1");
  server = await startKeyServer(key);
  Object.assign(process.env, { COGNITO_ISSUER: ISSUER, COGNITO_JWKS_URL: server.url });
});
afterAll(() => server.close());
afterEach(() => vi.useRealTimers());

const now = () => Math.floor(Date.now() / 1000);

function accessToken(sub: string, claims: object = {}): Promise<string> {
  return signToken(key, {
    sub,
    username: sub,
    iss: ISSUER,
    token_use: "access",
    client_id: process.env.COGNITO_APP_CLIENT_ID,
    iat: now(),
    exp: now() + 3600,
    origin_jti: randomUUID(),
    ...claims,
  });
}

const authenticate = async (presented: Presented) => (await identify(presented)).principal;
const byBearer = (token: string) =>
  authenticate({ authorization: `Bearer ${token}`, sessionCookie: undefined });
const byCookie = (sessionCookie: string) => authenticate({ authorization: null, sessionCookie });

/** A session with this access token: its cookie and its id. */
async function signedIn(sub: string, token: string): Promise<{ id: string; cookie: string }> {
  const id = await createSession(
    { sub, username: sub, ...FROM_FORM },
    { accessToken: token, idToken: "unused", refreshToken: undefined, expiresIn: 3600 },
  );
  return { id, cookie: await encodeCookie({ sessionId: id, sub, name: "Bob" }, "", 3600) };
}

describe("who is asking", () => {
  test("is told alike by a bearer token and by a session with that token", async () => {
    const sub = randomUUID();
    const token = await accessToken(sub, { "cognito:groups": ["admin"], "custom:tenant_id": "acme" });
    const principal = await byBearer(token);
    expect(principal).toEqual({
      sub,
      username: sub,
      email: null,
      name: null,
      tokenUse: "access",
      groups: ["admin"],
      tenantClaim: "acme",
      identities: [],
      signInId: expect.any(String),
      signedInAt: expect.any(Number),
      clientId: process.env.COGNITO_APP_CLIENT_ID,
    });
    const { cookie } = await signedIn(sub, token);
    expect(await byCookie(cookie)).toEqual(principal);
  });
  test.each(["", 7, ["acme"], { id: "acme" }, null])("a tenant claim of %j is none", async (claim) => {
    const token = await accessToken(randomUUID(), { "custom:tenant_id": claim });
    expect(await byBearer(token)).toMatchObject({ tenantClaim: null });
  });
  test("nobody, without token and cookie", async () => {
    await expect(authenticate({ authorization: null, sessionCookie: undefined })).rejects.toMatchObject({
      code: "missing_token",
      status: 401,
    });
  });
});

describe("the Authorization header", () => {
  test.each(["bearer", "BEARER", "Bearer  "])("may write its scheme %s", async (scheme) => {
    const sub = randomUUID();
    const authorization = `${scheme} ${await accessToken(sub)}`;
    expect(await authenticate({ authorization, sessionCookie: undefined })).toMatchObject({ sub });
  });
  test.each(["", "Bearer", "Bearer ", "Basic YTpi", "Token x", "x", "Bearer a b", "Bearer, x", "Bearer\tx"])(
    "%j is no token",
    async (authorization) => {
      await expect(authenticate({ authorization, sessionCookie: undefined })).rejects.toMatchObject({
        code: "invalid_token",
        detail: "Send: Authorization: Bearer <token>.",
      });
    },
  );
  test("decides when there is one, and the cookie is not looked at", async () => {
    const [bob, carol] = [randomUUID(), randomUUID()];
    const { cookie } = await signedIn(bob, await accessToken(bob));
    const authorization = `Bearer ${await accessToken(carol)}`;
    expect(await authenticate({ authorization, sessionCookie: cookie })).toMatchObject({ sub: carol });
    for (const bad of ["", "Bearer nonsense", "Basic YTpi"]) {
      await expect(authenticate({ authorization: bad, sessionCookie: cookie })).rejects.toMatchObject({
        code: "invalid_token",
      });
    }
  });
});

describe("a session cookie", () => {
  const sub = randomUUID();
  /** The id of a session that is alive. */
  const live = async () => (await signedIn(sub, await accessToken(sub))).id;
  test.each<[string, () => Promise<string> | string]>([
    ["that is empty", () => ""],
    ["that is garbage", () => "garbage"],
    ["that is an access token", () => accessToken(sub)],
    ["that names no session", () => encodeCookie({ sub, name: "Bob" }, "", 3600)],
    ["that names no user", async () => encodeCookie({ sessionId: await live() }, "", 3600)],
    ["that was a challenge", async () => encodeCookie({ sessionId: await live(), sub }, "challenge", 3600)],
    ["that has expired", async () => encodeCookie({ sessionId: await live(), sub }, "", -60)],
    ["of a session that is gone", async () => encodeCookie({ sessionId: randomUUID(), sub }, "", 3600)],
    [
      "with a letter changed",
      async () => (await signedIn(sub, await accessToken(sub))).cookie.replace(/.$/, "~"),
    ],
  ])("%s means that the session has ended", async (_, make) => {
    await expect(byCookie(await make())).rejects.toMatchObject({ code: "session_ended", status: 401 });
  });
  test("is worth nothing once its session has ended", async () => {
    const { id, cookie } = await signedIn(sub, await accessToken(sub));
    await byCookie(cookie);
    await endSession(id);
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "session_ended" });
  });
  test("is found among others, by its whole name", () => {
    expect(sessionCookieFrom("a=1; sekisho-3000.session=x.y; b=2")).toBe("x.y");
    expect(sessionCookieFrom("sekisho-3000.session=x=y")).toBe("x=y");
    for (const header of [
      null,
      "",
      "xsekisho-3000.session=x",
      "sekisho-3000.session.0=x",
      "sekisho-3000.sessionx=x",
    ]) {
      expect(sessionCookieFrom(header)).toBeUndefined();
    }
  });
});

describe("a sign-out everywhere", () => {
  test("refuses bearer and cookie at once, and other users not", async () => {
    const [bob, carol] = [randomUUID(), randomUUID()];
    const [bobsToken, carolsToken] = [await accessToken(bob), await accessToken(carol)];
    const { cookie } = await signedIn(bob, bobsToken);
    await endAccessHere({ sub: bob, username: bob });
    await expect(byBearer(bobsToken)).rejects.toMatchObject({ code: "invalid_token", status: 401 });
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "session_ended", status: 401 });
    expect(await byBearer(carolsToken)).toMatchObject({ sub: carol });
  });
  test("is not escaped by writing the same token otherwise", async () => {
    const sub = randomUUID();
    const token = await accessToken(sub);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const spellings = [...alphabet].map((last) => token.slice(0, -1) + last);
    const before = await Promise.allSettled(spellings.map(byBearer));
    // Four bits of the last character of an RSA signature say nothing, so that 16 spellings are one token.
    expect(before.filter(({ status }) => status === "fulfilled")).toHaveLength(16);
    await endAccessHere({ sub, username: sub });
    const after = await Promise.allSettled(spellings.map(byBearer));
    expect(after.filter(({ status }) => status === "fulfilled")).toEqual([]);
  });
  test("ends the sign-in itself: what a refresh brings of it later is refused as well", async () => {
    const sub = randomUUID();
    const at = now();
    await changedAt(sub, at);
    for (const signedIn of [at - 1, at]) {
      const token = await accessToken(sub, { auth_time: signedIn, iat: at + 30 });
      await expect(byBearer(token)).rejects.toMatchObject({ code: "invalid_token" });
    }
    const later = await accessToken(sub, { auth_time: at + 1, iat: at + 1 });
    expect(await byBearer(later)).toMatchObject({ signedInAt: at + 1 });
  });
  test("ends whatever was signed in at any time, until Cognito has said what time it is", async () => {
    const sub = randomUUID();
    await endAccessHere({ sub, username: sub });
    for (const signedIn of [0, now(), now() + 59]) {
      const token = await accessToken(sub, { auth_time: signedIn });
      await expect(byBearer(token)).rejects.toMatchObject({ code: "invalid_token" });
    }
    await changedAt(sub, now() - 100);
    await expect(byBearer(await accessToken(sub))).rejects.toMatchObject({ code: "invalid_token" });
  });
  test("is never taken back, not by a clock that goes backwards nor by many at once", async () => {
    const sub = randomUUID();
    const at = now();
    const token = await accessToken(sub, { auth_time: at });
    expect(await byBearer(token)).toMatchObject({ sub });
    await Promise.all([at - 3600, at, at - 1, at - 60, at - 2].map((second) => changedAt(sub, second)));
    await changedAt(sub, at - 3600);
    await expect(byBearer(token)).rejects.toMatchObject({ code: "invalid_token" });
    expect(await byBearer(await accessToken(sub, { auth_time: at + 1 }))).toMatchObject({ sub });
  });
});

/** A change of what signing in takes, made in this second by a token that says no sign-in that could be kept. */
const changedAt = async (sub: string, second: number) =>
  endOtherAccess(
    { principal: { ...makeTenant({ sub }).principal, signedInAt: second }, session: null },
    second,
  );

describe("a change of what signing in takes", () => {
  test("leaves the browser that made it in, however old its sign-in is, and nothing else", async () => {
    const sub = randomUUID();
    const own = await accessToken(sub, { auth_time: now() - 3600 });
    const others = [await accessToken(sub, { auth_time: now() - 3600 }), await accessToken(sub)];
    const [session, otherSession] = [await signedIn(sub, own), await signedIn(sub, String(others[0]))];
    const caller = await identify({ authorization: null, sessionCookie: session.cookie });
    await endOtherAccess(caller, now());
    expect(await byCookie(session.cookie)).toMatchObject({ sub });
    expect(await byBearer(own)).toMatchObject({ sub });
    await expect(byCookie(otherSession.cookie)).rejects.toMatchObject({ code: "session_ended" });
    for (const other of others)
      await expect(byBearer(other)).rejects.toMatchObject({ code: "invalid_token" });

    const again = await identify({ authorization: `Bearer ${own}`, sessionCookie: undefined });
    await endOtherAccess(again, now());
    await expect(byCookie(session.cookie)).rejects.toMatchObject({ code: "session_ended" });
    await endAccessHere({ sub, username: sub });
    await expect(byBearer(own)).rejects.toMatchObject({ code: "invalid_token" });
  });
  test("brings nobody back in whom a sign-out everywhere ended meanwhile", async () => {
    const sub = randomUUID();
    const own = await accessToken(sub);
    const { cookie } = await signedIn(sub, own);
    const caller = await identify({ authorization: null, sessionCookie: cookie });
    await endAccessHere({ sub, username: sub });
    await endOtherAccess(caller, now());
    await expect(byBearer(own)).rejects.toMatchObject({ code: "invalid_token" });
    await expect(byCookie(cookie)).rejects.toMatchObject({ code: "session_ended" });
  });
});
