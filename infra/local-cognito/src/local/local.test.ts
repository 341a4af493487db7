import { decodeJwt } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { openHostedBench } from "../contract/bench";
import { authorizeUrl, EMAIL, post, signInAt, tokensFor } from "../contract/hosted";
import { PASSWORD } from "../contract/pool";
import { refused } from "../contract/refusal";
import { localClient } from "../testing/cognito";

const { hosted, sdk, newBrowser, enter } = await openHostedBench();
afterEach(async () => {
  await call("faults", "DELETE");
  await call("clock", "DELETE");
});

async function call(path: string, method = "GET", body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${hosted.url}/_local/${path}`, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : {},
  };
}
const fault = (body: Record<string, unknown>) => call("faults", "POST", body);
const describePool = () => sdk.describeUserPool({ UserPoolId: hosted.pool });

async function invite(email: string): Promise<void> {
  await sdk.adminCreateUser({
    UserPoolId: hosted.pool,
    Username: email,
    UserAttributes: [{ Name: "email", Value: email }],
  });
}

describe("messages", () => {
  it("are what would have been sent, newest first, to everybody or to one", async () => {
    await invite("a@acme.example");
    await invite("b+c@acme.example");
    const all = (await call("messages")).body.messages;
    expect(all.slice(0, 2).map(({ to }: { to: string }) => to)).toEqual([
      "b+c@acme.example",
      "a@acme.example",
    ]);
    const one = (await call(`messages?to=${encodeURIComponent("B+c@acme.example")}`)).body.messages;
    expect(one).toEqual([all[0]]);
    expect((await call("messages?to=nobody@acme.example")).body.messages).toEqual([]);
  });

  it("are a page for people, as text whatever they hold", async () => {
    await invite("x&y@acme.example");
    const { text, headers } = await call("messages", "GET", undefined, { accept: "text/html,*/*" });
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).toContain("x&amp;y@acme.example");
    const attack = `messages?to=${encodeURIComponent("<script>alert(1)</script>")}`;
    expect((await call(attack, "GET", undefined, { accept: "text/html" })).text).not.toContain("<script");
  });
});

describe("faults", () => {
  it("throttle as many calls of an operation as were ordered, which the SDK recognises and retries", async () => {
    const ordered = await fault({ target: "DescribeUserPool", kind: "throttled", times: 2 });
    expect([ordered.status, ordered.body.faults[0].times]).toEqual([201, 2]);
    await sdk.listUserPools({ MaxResults: 1 });
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(sdk.describeUserPool({ UserPoolId: hosted.pool })).rejects.toMatchObject({
        name: "TooManyRequestsException",
        $metadata: { httpStatusCode: 400 },
      });
    }
    await sdk.describeUserPool({ UserPoolId: hosted.pool });
    expect((await call("faults")).body.faults).toEqual([]);
    await fault({ target: "DescribeUserPool", kind: "throttled" });
    const patient = localClient(hosted.url);
    expect((await patient.describeUserPool({ UserPoolId: hosted.pool })).UserPool?.Id).toBe(hosted.pool);
    patient.destroy();
    expect((await call("faults")).body.faults).toEqual([]);
  });

  it("answer 500, reset the connection, or break off half-way, by operation, path, last part and for all", async () => {
    await fault({ target: "AdminGetUser", kind: "error" });
    const failed = sdk.adminGetUser({ UserPoolId: hosted.pool, Username: EMAIL });
    await expect(failed).rejects.toMatchObject({
      name: "InternalErrorException",
      $metadata: { httpStatusCode: 500 },
    });

    await fault({ target: "/oauth2/token", kind: "throttled" });
    expect((await post(hosted, "/oauth2/token", { grant_type: "x" })).status).toBe(429);
    expect((await post(hosted, "/oauth2/token", { grant_type: "x" })).status).toBe(400);

    const keys = `${hosted.url}/${hosted.pool}/.well-known/jwks.json`;
    await fault({ target: "jwks.json", kind: "reset" });
    await expect(fetch(keys)).rejects.toThrow();
    await fault({ target: "*", kind: "half" });
    const half = await fetch(keys);
    expect([half.status, Number(half.headers.get("content-length")) > 100]).toEqual([200, true]);
    await expect(half.text()).rejects.toThrow();
    expect((await fetch(keys)).status).toBe(200);
  });

  it("do nothing of a call that is reset, and everything of one whose answer breaks off", async () => {
    const create = (Username: string) =>
      sdk.adminCreateUser({ UserPoolId: hosted.pool, Username, TemporaryPassword: PASSWORD });
    await fault({ target: "AdminCreateUser", kind: "reset" });
    await expect(create("reset@acme.example")).rejects.toThrow();
    await fault({ target: "AdminCreateUser", kind: "half" });
    await expect(create("half@acme.example")).rejects.toThrow();
    const find = (Username: string) => sdk.adminGetUser({ UserPoolId: hosted.pool, Username });
    await refused(find("reset@acme.example"), "UserNotFoundException");
    expect((await find("half@acme.example")).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("make a call slow by as long as was ordered", async () => {
    await fault({ target: "DescribeUserPool", kind: "slow", delayMs: 300 });
    const began = performance.now();
    await describePool();
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
    expect((await call("faults")).body.faults).toEqual([]);
  });

  it("never meet /_local/ itself, and can be taken back", async () => {
    await fault({ target: "*", kind: "reset", times: 1_000 });
    expect((await call("faults")).body.faults).toHaveLength(1);
    expect((await call("faults", "DELETE")).body.faults).toEqual([]);
    expect((await describePool()).UserPool?.Id).toBe(hosted.pool);
  });

  it.each([
    ["no kind", {}],
    ["an unknown kind", { kind: "earthquake" }],
    ["no times", { kind: "reset", times: 0 }],
    ["a word for a number", { kind: "slow", delayMs: "long" }],
    ["an hour", { kind: "slow", delayMs: 3_600_000 }],
    ["a member that means nothing", { kind: "reset", tmes: 2 }],
  ])("with %s are refused", async (_, body) => {
    const { status, body: answer } = await fault(body);
    expect([status, typeof answer.error]).toEqual([400, "string"]);
    expect((await call("faults")).body.faults).toEqual([]);
  });
});

describe("the clock", () => {
  it("is set forward for what expires, read, and set back", async () => {
    const tokens = await tokensFor(hosted, { scope: "openid" });
    const info = () =>
      fetch(`${hosted.url}/oauth2/userInfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
    expect((await info()).status).toBe(200);
    const set = await call("clock", "POST", { offsetSeconds: 3_601 });
    expect(set.body).toMatchObject({ offsetSeconds: 3_601 });
    expect((await info()).status).toBe(401);
    const later = await tokensFor(hosted, { scope: "openid" });
    const { iat = 0 } = decodeJwt(later.access_token ?? "");
    expect(iat - (decodeJwt(tokens.access_token ?? "").iat ?? 0)).toBeGreaterThanOrEqual(3_600);
    expect((await call("clock")).body).toMatchObject({ offsetSeconds: 3_601 });
    expect((await call("clock", "DELETE")).body).toMatchObject({ offsetSeconds: 0 });
    expect((await info()).status).toBe(200);
  });

  it.each([
    [{}],
    [{ offsetSeconds: "1" }],
    [{ offsetSeconds: 1e300 }],
    [{ offsetSeconds: null }],
    ["no object"],
  ])("refuses %j", async (body) => {
    expect((await call("clock", "POST", body)).status).toBe(400);
    expect((await call("clock")).body.offsetSeconds).toBe(0);
  });
});

describe("/_local/", () => {
  it("is a page over pools, clients, users and messages, and JSON for scripts", async () => {
    await invite("d@acme.example");
    const { text, headers } = await call("", "GET", undefined, { accept: "text/html" });
    for (const word of [
      hosted.pool,
      hosted.client,
      "Web app",
      EMAIL,
      "FORCE_CHANGE_PASSWORD",
      "temporary password",
    ]) {
      expect(text).toContain(word);
    }
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect((await call("")).body.pools).toMatchObject([
      { id: hosted.pool, name: expect.stringMatching(/^contract-/) },
    ]);
    const plain = await fetch(`${hosted.url}/_local`);
    expect([plain.status, new URL(plain.url).pathname]).toEqual([200, "/_local/"]);
  });

  it("is not changed by a web page: no foreign origin, no form's content type", async () => {
    for (const origin of ["https://evil.example", "null", "http://localhost:3000"]) {
      for (const [path, method, body] of [
        ["reset", "POST", {}],
        ["clock", "POST", { offsetSeconds: 9 }],
        ["faults", "DELETE", undefined],
      ] as const) {
        expect((await call(path, method, body, { origin })).status).toBe(403);
      }
    }
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ]) {
      expect((await call("reset", "POST", {}, { "content-type": type })).status).toBe(415);
    }
    expect((await call("clock", "POST", { offsetSeconds: 0 }, { origin: hosted.url })).status).toBe(200);
  });

  it("answers wrong methods, paths and bodies plainly", async () => {
    expect((await call("reset")).status).toBe(405);
    expect((await call("messages", "POST", {})).headers.get("allow")).toBe("GET");
    expect((await call("nonsense")).status).toBe(404);
    const broken = await fetch(`${hosted.url}/_local/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect([broken.status, await broken.json()]).toEqual([400, { error: "The body is not JSON." }]);
  });
});

describe("reset", () => {
  it("leaves no pool, message, session, fault or shift, and goes on listening", async () => {
    const browser = newBrowser();
    await signInAt(browser, authorizeUrl(hosted));
    await invite("e@acme.example");
    await fault({ kind: "error", target: "Nothing" });
    await call("clock", "POST", { offsetSeconds: 5 });
    expect((await call("reset", "POST", {})).status).toBe(200);
    expect((await call("")).body).toMatchObject({ pools: [], faults: [], clock: { offsetSeconds: 0 } });
    expect((await call("messages")).body.messages).toEqual([]);
    expect((await sdk.listUserPools({ MaxResults: 1 })).UserPools).toEqual([]);
    await refused(enter(EMAIL), "ResourceNotFoundException");
    const gone = await browser.open(authorizeUrl(hosted));
    expect([gone.status, gone.html.includes("does not exist")]).toEqual([400, true]);
  });
});
