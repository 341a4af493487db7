import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import {
  authorizeUrl,
  basic,
  CALLBACK,
  codeFor,
  EMAIL,
  newPkce,
  oauth,
  openHosted,
  post,
  signInAt,
  tokensFor,
} from "./hosted";
import { createClient, createUser } from "./pool";
import { notAuthorized } from "./refusal";
import type { TriggerEvent } from "./target";

const LISTENING = "arn:aws:lambda:ap-northeast-1:000000000000:function:tokens";
const events: TriggerEvent[] = [];
let refuses = false;
const { hosted, target, sdk, newPool, newClient, newUser, enterBy, refreshBy, newBrowser } =
  await openHostedBench({
    [LISTENING]: (event: TriggerEvent) => {
      events.push(event);
      if (refuses) throw new Error("Not today");
      return { ...event, response: { claimsAndScopeOverrideDetails: null } };
    },
  });

const { verifier, challenge } = newPkce();

/** A fresh code of the public client, and the form that exchanges it. */
async function exchangeForm(
  changes: Record<string, string | undefined> = {},
): Promise<Record<string, string>> {
  return exchangeOf(await codeFor(hosted, { code_challenge: challenge, ...changes }));
}
const exchangeOf = (code: string, client_id = hosted.client) => ({
  grant_type: "authorization_code",
  client_id,
  code,
  redirect_uri: CALLBACK,
  code_verifier: verifier,
});
const exchange = (form: Record<string, string> | string, headers: Record<string, string> = {}) =>
  post(hosted, "/oauth2/token", form, headers);
const again = (refresh_token: unknown, client_id = hosted.client) =>
  exchange({ grant_type: "refresh_token", client_id, refresh_token: String(refresh_token) });
const without = (form: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(form).filter(([each]) => each !== name));

describe("a resource that the token is to be for", () => {
  const ITEMS = "https://items.example/tenants/acme";
  const audience = (body: Record<string, unknown>) => decodeJwt(String(body.access_token)).aud;

  it("is the access token's audience, also after a refresh; the ID token's stays the client", async () => {
    const { body } = await exchange(await exchangeForm({ resource: ITEMS }));
    expect(audience(body)).toBe(ITEMS);
    expect(decodeJwt(String(body.id_token)).aud).toBe(hosted.client);
    expect(audience((await again(body.refresh_token)).body)).toBe(ITEMS);
    expect(audience((await exchange(await exchangeForm())).body)).toBeUndefined();
  });

  it.each([
    ["no address", "items"],
    ["one with a fragment", `${ITEMS}#x`],
    ["an empty one", ""],
  ])("is not %s", async (_, resource) => {
    const { left } = await newBrowser().open(authorizeUrl(hosted, { resource }));
    expect([left?.searchParams.get("error"), left?.searchParams.get("state")]).toEqual([
      "invalid_target",
      "s-1",
    ]);
  });

  it("is one, and what the feature plan LITE lacks", async () => {
    const twice = authorizeUrl(hosted, { resource: ITEMS });
    twice.searchParams.append("resource", "https://other.example");
    const { left } = await newBrowser().open(twice);
    expect(left?.searchParams.get("error")).toBe("invalid_request");
    const lite = await openHosted(target, { UserPoolTier: "LITE" });
    const { left: refused } = await newBrowser().open(authorizeUrl(lite, { resource: ITEMS }));
    expect(refused?.searchParams.get("error")).toBe("invalid_request");
  });
});

describe("exchanging a code", () => {
  it("gives three tokens once, which nothing may store", async () => {
    const { status, headers, body } = await exchange(await exchangeForm({ nonce: "n-1" }));
    expect(status).toBe(200);
    const members = "access_token expires_in id_token refresh_token token_type";
    expect(Object.keys(body).sort().join(" ")).toBe(members);
    expect(body).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
    expect(headers.get("cache-control")).toBe("no-store");
    const id = decodeJwt(String(body.id_token));
    const access = decodeJwt(String(body.access_token));
    expect(id).toMatchObject({
      nonce: "n-1",
      aud: hosted.client,
      at_hash: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect([id.origin_jti, id.event_id]).toEqual([access.origin_jti, access.event_id]);
    expect(access).not.toHaveProperty("nonce");
  });

  it("a second time is refused and ends what the first gave", async () => {
    const form = await exchangeForm({ scope: "openid aws.cognito.signin.user.admin" });
    const { body } = await exchange(form);
    const AccessToken = String(body.access_token);
    await sdk.getUser({ AccessToken });
    expect(await exchange(form)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    await notAuthorized(sdk.getUser({ AccessToken }));
    expect((await again(body.refresh_token)).body).toEqual({ error: "invalid_grant" });
  });

  it("many times at once leaves nobody with a token that works", async () => {
    const form = await exchangeForm();
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(form)));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { body } of given) {
      expect((await again(body.refresh_token)).body).toEqual({ error: "invalid_grant" });
    }
  });

  it.skipIf(!target.isOwn)("works for five minutes", async () => {
    const [inTime, late] = [await exchangeForm(), await exchangeForm()];
    expect((await target.later(290, () => exchange(inTime))).status).toBe(200);
    expect((await target.later(300, () => exchange(late))).body).toEqual({ error: "invalid_grant" });
  });

  it.each([
    ["the wrong verifier", { code_verifier: newPkce().verifier }, "invalid_grant"],
    ["the challenge for the verifier", { code_verifier: challenge }, "invalid_grant"],
    ["a verifier that is too short", { code_verifier: "short" }, "invalid_grant"],
    ["an invented code", { code: "nonesuch" }, "invalid_grant"],
    ["another registered address", { redirect_uri: "myapp://back" }, "invalid_grant"],
    ["an unregistered address", { redirect_uri: `${CALLBACK}/` }, "unauthorized_client"],
    ["an unknown grant", { grant_type: "password" }, "unsupported_grant_type"],
    ["a grant named like a member of every object", { grant_type: "__proto__" }, "unsupported_grant_type"],
    ["an unknown client", { client_id: "nonesuch" }, "invalid_client"],
    ["a secret of a client that has none", { client_secret: "x" }, "invalid_client"],
  ])("with %s is refused, and the code stays good for its owner", async (_, change, error) => {
    const form = await exchangeForm();
    const { status, body, headers } = await exchange({ ...form, ...change });
    expect([status, body, headers.get("cache-control")]).toEqual([400, { error }, "no-store"]);
    expect((await exchange(form)).status).toBe(200);
  });

  it.each([
    ["grant_type", "invalid_request"],
    ["client_id", "invalid_request"],
    ["code", "invalid_request"],
    ["redirect_uri", "invalid_request"],
    ["code_verifier", "invalid_grant"],
  ])("without %s is refused", async (name, error) => {
    expect((await exchange(without(await exchangeForm(), name))).body).toEqual({ error });
  });

  it("of another client is refused, with that client's own credentials too", async () => {
    const { id, secret } = hosted.confidential;
    const other = { ...without(await exchangeForm(), "client_id") };
    expect((await exchange(other, basic(id, secret))).body).toEqual({ error: "invalid_grant" });
  });

  it("with a verifier that was never announced is refused: somebody took the challenge out", async () => {
    const { id, secret } = hosted.confidential;
    const plain = { client_id: id, code_challenge: undefined, code_challenge_method: undefined };
    const code = await codeFor(hosted, plain);
    const form = { grant_type: "authorization_code", code, redirect_uri: CALLBACK };
    const smuggled = await exchange({ ...form, code_verifier: verifier }, basic(id, secret));
    expect(smuggled.body).toEqual({ error: "invalid_grant" });
    expect((await exchange(form, basic(id, secret))).status).toBe(200);
  });

  it("of a user who was disabled or deleted meanwhile is refused", async () => {
    const Username = "brief@acme.example";
    await newUser({ email: Username });
    const named = { UserPoolId: hosted.pool, Username };
    const codeOf = async () => {
      const address = authorizeUrl(hosted, { code_challenge: challenge });
      const { left } = await signInAt(newBrowser(), address, Username);
      return exchangeOf(left?.searchParams.get("code") ?? "");
    };
    const [first, second] = [await codeOf(), await codeOf()];
    await sdk.adminDisableUser(named);
    expect((await exchange(first)).body).toEqual({ error: "invalid_grant" });
    await sdk.adminEnableUser(named);
    await sdk.adminDeleteUser(named);
    expect((await exchange(second)).body).toEqual({ error: "invalid_grant" });
  });

  it("repeated or sent as JSON is a malformed request", async () => {
    const form = await exchangeForm();
    const twice = `${new URLSearchParams(form)}&code=evil`;
    expect((await exchange(twice)).body).toEqual({ error: "invalid_request" });
    const json = await fetch(`${hosted.url}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(form),
    });
    expect([json.status, await json.json()]).toEqual([400, { error: "invalid_request" }]);
    expect((await fetch(`${hosted.url}/oauth2/token`)).status).toBe(405);
  });
});

describe("a client with a secret", () => {
  const confidentialForm = async () =>
    without(await exchangeForm({ client_id: hosted.confidential.id }), "client_id");

  it("authenticates by header or by form", async () => {
    const { id, secret } = hosted.confidential;
    expect((await exchange(await confidentialForm(), basic(id, secret))).status).toBe(200);
    const inForm = { ...(await confidentialForm()), client_id: id, client_secret: secret };
    expect((await exchange(inForm)).status).toBe(200);
  });

  it("is refused without it, with a wrong one, and with two that differ", async () => {
    const { id, secret } = hosted.confidential;
    const form = await confidentialForm();
    const attempts: [Record<string, string>, Record<string, string>, string][] = [
      [{ client_id: id }, {}, "invalid_client"],
      [{ client_id: id, client_secret: `${secret}x` }, {}, "invalid_client"],
      [{ client_id: id, client_secret: "" }, {}, "invalid_client"],
      [{}, basic(id, "wrong"), "invalid_client"],
      [{}, basic("nonesuch", secret), "invalid_client"],
      [{}, { authorization: "Basic !!!" }, "invalid_client"],
      [{}, { authorization: `Bearer ${secret}` }, "invalid_client"],
      [{ client_id: hosted.client }, basic(id, secret), "invalid_request"],
      [{ client_secret: "wrong" }, basic(id, secret), "invalid_request"],
    ];
    for (const [more, headers, error] of attempts) {
      expect((await exchange({ ...form, ...more }, headers)).body).toEqual({ error });
    }
    expect((await exchange(form, basic(id, secret))).status).toBe(200);
  });
});

describe("scopes", () => {
  const claimNames = async (scope: string | undefined) => {
    const { id_token } = await tokensFor(hosted, { scope });
    return Object.keys(decodeJwt(id_token ?? "")).filter((name) => /^(email|name|phone|custom)/.test(name));
  };

  it("open the claims of the ID token: openid alone everything readable, beside others only theirs", async () => {
    expect(await claimNames("openid")).toEqual(["email", "email_verified", "custom:tenant_id", "name"]);
    expect(await claimNames("openid email")).toEqual(["email", "email_verified"]);
    expect(await claimNames("openid profile")).toEqual(["custom:tenant_id", "name"]);
    expect(await claimNames("openid aws.cognito.signin.user.admin")).toContain("custom:tenant_id");
  });

  it("without openid give no ID token, neither at first nor on refreshing", async () => {
    const tokens = await tokensFor(hosted, { scope: "aws.cognito.signin.user.admin" });
    expect(tokens).not.toHaveProperty("id_token");
    const { body } = await again(tokens.refresh_token);
    expect([typeof body.access_token, body.id_token]).toEqual(["string", undefined]);
  });

  it("are all of the client's when none is asked for", async () => {
    const { access_token = "" } = await tokensFor(hosted, {});
    expect(decodeJwt(access_token).scope).toBe("openid email profile aws.cognito.signin.user.admin");
  });
});

describe("refreshing", () => {
  it("keeps scopes and sign-in, and does not repeat nonce and refresh token", async () => {
    const first = await tokensFor(hosted, { scope: "openid email", nonce: "n" });
    const later = target.isOwn ? 600 : 0;
    const { status, body } = await target.later(later, () => again(first.refresh_token ?? ""));
    expect([status, body.refresh_token]).toEqual([200, undefined]);
    const [before, after] = [decodeJwt(first.id_token ?? ""), decodeJwt(String(body.id_token))];
    expect(after).toMatchObject({ auth_time: before.auth_time, origin_jti: before.origin_jti, email: EMAIL });
    expect(after).not.toHaveProperty("nonce");
    expect(decodeJwt(String(body.access_token)).scope).toBe("openid email");
  });

  it("rotates for a client that asks for it, and refuses the old token after its grace", async () => {
    const { id } = await newClient({
      ...oauth,
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
    });
    const code = await codeFor(hosted, { client_id: id, code_challenge: challenge });
    const { body } = await exchange(exchangeOf(code, id));
    const first = String(body.refresh_token);
    const second = (await again(first, id)).body.refresh_token;
    expect(second).toEqual(expect.any(String));
    expect(second).not.toBe(first);
    expect((await again(first, id)).status).toBe(200);
    if (!target.isOwn) return;
    const late = await target.later(11, () => again(first, id));
    expect(late.body).toEqual({ error: "invalid_grant" });
  });

  it("is refused for an unknown token, another client, after revocation and after GlobalSignOut", async () => {
    expect((await again("nonesuch")).body).toEqual({ error: "invalid_grant" });
    expect((await exchange({ grant_type: "refresh_token", client_id: hosted.client })).body).toEqual({
      error: "invalid_request",
    });
    const { refresh_token = "" } = await tokensFor(hosted);
    const { id } = await newClient(oauth);
    expect((await again(refresh_token, id)).body).toEqual({ error: "invalid_grant" });
    expect((await again(refresh_token)).status).toBe(200);
    await sdk.adminUserGlobalSignOut({ UserPoolId: hosted.pool, Username: EMAIL });
    expect((await again(refresh_token)).body).toEqual({ error: "invalid_grant" });
  });

  it("works across both doors: a token of either is good at the other", async () => {
    const { id } = await newClient({
      ...oauth,
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    const api = await enterBy(id, EMAIL);
    const { body } = await again(api.AuthenticationResult?.RefreshToken ?? "", id);
    expect(decodeJwt(String(body.access_token)).scope).toBe("aws.cognito.signin.user.admin");
    const walked = await tokensFor(hosted, { scope: "openid email" });
    const answer = await refreshBy(hosted.client, walked.refresh_token ?? "");
    expect(decodeJwt(answer.AuthenticationResult?.AccessToken ?? "").scope).toBe("openid email");
  });
});

describe("client credentials", () => {
  const READ = "https://items.example/read";
  const WRITE = "https://items.example/write";
  let machine: { id: string; secret: string };
  beforeAll(async () => {
    machine = await newClient({
      ExplicitAuthFlows: [],
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: [READ, WRITE],
    });
  });
  const ask = (more: Record<string, string> = {}, headers = basic(machine.id, machine.secret)) =>
    exchange({ grant_type: "client_credentials", ...more }, headers);

  it("give an access token of the client itself, with all its scopes or those asked for", async () => {
    const { body } = await ask();
    expect(Object.keys(body).sort()).toEqual(["access_token", "expires_in", "token_type"]);
    const claims = decodeJwt(String(body.access_token));
    expect(claims).toMatchObject({
      sub: machine.id,
      client_id: machine.id,
      token_use: "access",
      scope: `${READ} ${WRITE}`,
      version: 2,
      iss: `${hosted.url}/${hosted.pool}`,
    });
    for (const name of ["username", "cognito:groups", "event_id", "origin_jti", "aud"]) {
      expect(claims).not.toHaveProperty(name);
    }
    const some = await ask({ scope: `${READ} ${READ}` });
    expect(decodeJwt(String(some.body.access_token)).scope).toBe(READ);
  });

  it("are no user: userInfo and the API refuse the token", async () => {
    const AccessToken = String((await ask()).body.access_token);
    const info = await fetch(`${hosted.url}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${AccessToken}` },
    });
    expect(info.status).toBe(401);
    await notAuthorized(sdk.getUser({ AccessToken }));
  });

  it("are refused for scopes the client may not have, other clients and wrong secrets", async () => {
    await sdk.createResourceServer({
      UserPoolId: hosted.pool,
      Identifier: "other",
      Name: "Other",
      Scopes: [{ ScopeName: "read", ScopeDescription: "Read" }],
    });
    for (const scope of ["other/read", "openid", `${READ} other/read`, "https://items.example/*"]) {
      expect((await ask({ scope })).body).toEqual({ error: "invalid_scope" });
    }
    expect((await ask({}, basic(machine.id, "wrong"))).body).toEqual({ error: "invalid_client" });
    const { id, secret } = hosted.confidential;
    expect((await ask({}, basic(id, secret))).body).toEqual({ error: "unauthorized_client" });
    const code = { grant_type: "authorization_code", code: "x", redirect_uri: CALLBACK };
    expect((await exchange(code, basic(machine.id, machine.secret))).body).toEqual({
      error: "unauthorized_client",
    });
  });
});

describe("/oauth2/userInfo", () => {
  const info = async (authorization: string | undefined, method = "GET") => {
    const headers = { ...(authorization !== undefined && { authorization }) };
    const response = await fetch(`${hosted.url}/oauth2/userInfo`, { method, headers });
    return {
      status: response.status,
      challenge: response.headers.get("www-authenticate"),
      body: await response.json(),
    };
  };

  it("tells what scopes and read permissions open, all as strings", async () => {
    const { body } = await info(`Bearer ${(await tokensFor(hosted, { scope: "openid" })).access_token}`);
    expect(body).toEqual({
      sub: expect.any(String),
      email: EMAIL,
      email_verified: "true",
      name: "Bob",
      "custom:tenant_id": "acme",
      username: hosted.username,
    });
    const some = await tokensFor(hosted, { scope: "openid email" });
    const limited = await info(`bearer ${some.access_token}`, "POST");
    expect(Object.keys(limited.body).sort()).toEqual(["email", "email_verified", "sub", "username"]);
  });

  it("refuses no token as a bad request, and every bad one alike", async () => {
    for (const nothing of [undefined, "Basic abc", "Bearer ", "Bearer a b"]) {
      const { status, body, challenge } = await info(nothing);
      expect([status, body.error]).toEqual([400, "invalid_request"]);
      expect(challenge).toBe(
        'Bearer error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
      );
    }
    const {
      access_token = "",
      id_token = "",
      refresh_token = "",
    } = await tokensFor(hosted, { scope: "openid" });
    const noOpenid = await tokensFor(hosted, { scope: "aws.cognito.signin.user.admin" });
    const bad = [
      id_token,
      refresh_token,
      "nonsense",
      `${access_token.slice(0, -4)}AAAA`,
      noOpenid.access_token ?? "",
    ];
    for (const token of bad) {
      const { status, body, challenge } = await info(`Bearer ${token}`);
      expect([status, body.error]).toEqual([401, "invalid_token"]);
      expect(challenge).toMatch(/^Bearer error="invalid_token", error_description="Access token is expired/);
    }
    if (!target.isOwn) return;
    const late = await target.later(3_600, () => info(`Bearer ${access_token}`));
    expect(late.status).toBe(401);
  });
});

describe("/oauth2/revoke", () => {
  const revoke = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    post(hosted, "/oauth2/revoke", form, headers);

  it("ends the refresh token and what came from it; doing so again, or to an unknown one, is fine", async () => {
    const { refresh_token = "", access_token } = await tokensFor(hosted, { scope: "openid" });
    for (const token of [refresh_token, refresh_token, "a.b.c.d.e", "not even shaped like one"]) {
      const { status, body } = await revoke({ token, client_id: hosted.client });
      expect([status, body]).toEqual([200, {}]);
    }
    const authorization = `Bearer ${access_token}`;
    expect((await fetch(`${hosted.url}/oauth2/userInfo`, { headers: { authorization } })).status).toBe(401);
  });

  it("refuses what is no refresh token, other clients, wrong secrets and clients without revocation", async () => {
    const { refresh_token = "", access_token = "" } = await tokensFor(hosted);
    const { id, secret } = hosted.confidential;
    const client_id = hosted.client;
    const answers = [
      await revoke({ token: access_token, client_id }),
      await revoke({ client_id }),
      await revoke({ token: refresh_token, client_id: id }),
      await revoke({ token: refresh_token }, basic(id, "wrong")),
      await revoke({ token: refresh_token }, basic(id, secret)),
      await revoke({ token: refresh_token, client_id: "nonesuch" }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
      [400, "unsupported_token_type"],
      [400, "invalid_request"],
      [401, "invalid_client"],
      [401, "invalid_client"],
      [400, "unauthorized_client"],
      [401, "invalid_client"],
    ]);
    const off = await newClient({ ...oauth, EnableTokenRevocation: false });
    const disabled = await revoke({ token: refresh_token, client_id: off.id });
    expect([disabled.status, disabled.body.error]).toEqual([400, "invalid_request"]);
    expect((await again(refresh_token)).status).toBe(200);
  });
});

describe.skipIf(!target.isOwn)("the pre-token-generation trigger", () => {
  it("is told that the Hosted UI asks, and which scopes were granted; what it throws reaches the client", async () => {
    const PreTokenGenerationConfig = { LambdaVersion: "V2_0" as const, LambdaArn: LISTENING };
    const pool = await newPool({ LambdaConfig: { PreTokenGenerationConfig } });
    const { id: client } = await createClient(target, pool, oauth);
    await createUser(target, pool, { email: EMAIL });
    const of = { ...hosted, client };
    await tokensFor(of, { scope: "openid email" });
    expect(events).toMatchObject([
      { triggerSource: "TokenGeneration_HostedAuth", request: { scopes: ["openid", "email"] } },
    ]);
    refuses = true;
    expect(await tokensFor(of)).toEqual({
      error: "invalid_grant",
      error_description: "PreTokenGeneration failed with error Not today.",
    });
  });
});
