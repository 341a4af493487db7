import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, type Shown } from "./browser";
import {
  type ContractClient,
  type ContractUser,
  createClient,
  createPool,
  createUser,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  TENANT,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
const CALLBACK = "https://app.example/callback";
const LOGOUT = "https://app.example/bye";
const API = "https://items.example/read";
const SIGN_IN_ADMIN = "aws.cognito.signin.user.admin";
let pool: string;
let domain: string;
let web: ContractClient;
let secretive: ContractClient;
let machine: ContractClient;
let bob: ContractUser;
beforeAll(async () => {
  pool = await createPool(target);
  domain = `contract-h-${pool.split("_")[1]?.toLowerCase()}`;
  await sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: pool, Domain: domain }));
  const Scopes = [{ ScopeName: "read", ScopeDescription: "Read items" }];
  await sdk.send(
    new CreateResourceServerCommand({
      UserPoolId: pool,
      Identifier: "https://items.example",
      Name: "Items",
      Scopes,
    }),
  );
  const oauth = {
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH" as const],
    SupportedIdentityProviders: ["COGNITO"],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code" as const],
    AllowedOAuthScopes: ["openid", "email", "profile", SIGN_IN_ADMIN],
    CallbackURLs: [CALLBACK, "https://app.example/other"],
    LogoutURLs: [LOGOUT],
  };
  web = await createClient(target, pool, oauth);
  secretive = await createClient(target, pool, { ...oauth, GenerateSecret: true });
  machine = await createClient(target, pool, {
    ...oauth,
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: [API],
  });
  bob = await createUser(target, pool, { attributes: { name: "Bob" } });
});
afterAll(async () => {
  await sdk.send(new DeleteUserPoolDomainCommand({ UserPoolId: pool, Domain: domain }));
  await target.close();
});

const base = () => target.hosted(domain);
const newBrowser = () => new Browser(base());
const issuer = () => new URL(target.issuer(pool));
const options = { execute: [openid.allowInsecureRequests] };
const configured = (of = web, method: openid.ClientAuth = openid.None()) =>
  openid.discovery(issuer(), of.id, undefined, method, options);

interface Walk {
  url: URL;
  verifier: string;
  nonce: string;
  state: string;
}
async function begin(config: openid.Configuration, more: Record<string, string> = {}): Promise<Walk> {
  const verifier = openid.randomPKCECodeVerifier();
  const nonce = openid.randomNonce();
  const state = openid.randomState();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: "openid email profile",
    nonce,
    state,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  return { url, verifier, nonce, state };
}
const enter = async (browser: Browser, url: URL, username = bob.email, password = PASSWORD): Promise<Shown> =>
  await browser.submit(await browser.open(url), { username, password });

async function walk(config: openid.Configuration, browser = newBrowser(), more: Record<string, string> = {}) {
  const begun = await begin(config, more);
  const shown = await browser.open(begun.url);
  const { left } = shown.left
    ? shown
    : await browser.submit(shown, { username: bob.email, password: PASSWORD });
  if (!left) throw new Error("The browser was not sent back.");
  return await openid.authorizationCodeGrant(config, left, {
    pkceCodeVerifier: begun.verifier,
    expectedNonce: begun.nonce,
    expectedState: begun.state,
  });
}
async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${base()}${path}`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
  });
  const text = await response.text();
  const body = (text ? JSON.parse(text) : {}) as Record<string, string>;
  return { status: response.status, body };
}
const basic = ({ id, secret }: ContractClient) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});
/** A code that waits to be exchanged, and the form that does it. */
async function codeForm(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const config = await configured();
  const { url, verifier } = await begin(config, more);
  const { left } = await enter(newBrowser(), url);
  const code = left?.searchParams.get("code") ?? "";
  return {
    grant_type: "authorization_code",
    client_id: web.id,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  };
}

describe("openid-client", () => {
  it("discovers the endpoints, which are the domain's", async () => {
    const server = (await configured()).serverMetadata();
    expect(server).toMatchObject({
      issuer: target.issuer(pool),
      authorization_endpoint: `${base()}/oauth2/authorize`,
      token_endpoint: `${base()}/oauth2/token`,
      userinfo_endpoint: `${base()}/oauth2/userInfo`,
      revocation_endpoint: `${base()}/oauth2/revoke`,
      end_session_endpoint: `${base()}/logout`,
    });
  });

  it("completes code, PKCE and nonce, and gets all three tokens", async () => {
    const tokens = await walk(await configured());
    expect(tokens.token_type).toBe("bearer");
    expect(tokens.expires_in).toBe(3_600);
    expect(tokens.refresh_token).toEqual(expect.any(String));
    expect(tokens.claims()).toMatchObject({
      sub: bob.username,
      aud: web.id,
      token_use: "id",
      email: bob.email,
      email_verified: true,
      name: "Bob",
      at_hash: expect.any(String),
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      client_id: web.id,
      scope: "openid email profile",
      token_use: "access",
      username: bob.username,
      version: 2,
    });
  });

  it("verifies the ID token's signature with the published keys", async () => {
    const execute = [openid.allowInsecureRequests, openid.enableNonRepudiationChecks];
    const config = await openid.discovery(issuer(), web.id, undefined, openid.None(), { execute });
    expect((await walk(config)).claims()?.sub).toBe(bob.username);
  });

  it("reads userInfo, whose values are strings", async () => {
    const config = await configured();
    const tokens = await walk(config);
    const info = await openid.fetchUserInfo(config, tokens.access_token, bob.username);
    expect(info).toMatchObject({
      sub: bob.username,
      username: bob.username,
      email: bob.email,
      email_verified: "true",
      name: "Bob",
    });
  });

  it("refreshes: same family, same scopes, no nonce", async () => {
    const config = await configured();
    const tokens = await walk(config);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    const [before, after] = [tokens, next].map(({ access_token }) => decodeJwt(access_token));
    expect(after?.scope).toBe(before?.scope);
    expect(after?.origin_jti).toBe(before?.origin_jti);
    expect(after?.jti).not.toBe(before?.jti);
    expect(next.claims()).not.toHaveProperty("nonce");
  });

  it("revokes, after which nothing of the family works", async () => {
    const config = await configured();
    const tokens = await walk(config);
    await openid.tokenRevocation(config, tokens.refresh_token ?? "");
    const again = openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await expect(again).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(openid.fetchUserInfo(config, tokens.access_token, bob.username)).rejects.toThrow();
  });

  it.each([
    ["client_secret_basic", openid.ClientSecretBasic],
    ["client_secret_post", openid.ClientSecretPost],
  ])("shows a secret by %s", async (_, method) => {
    const config = await configured(secretive, method(secretive.secret));
    const tokens = await walk(config);
    expect(tokens.claims()?.aud).toBe(secretive.id);
    await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await openid.tokenRevocation(config, tokens.refresh_token ?? "");
  });

  it("gets a machine's token by client_credentials: an access token alone, of the client itself", async () => {
    const config = await configured(machine, openid.ClientSecretBasic(machine.secret));
    const tokens = await openid.clientCredentialsGrant(config, { scope: API });
    expect(tokens.id_token).toBeUndefined();
    expect(tokens.refresh_token).toBeUndefined();
    const claims = decodeJwt(tokens.access_token);
    expect(claims).toMatchObject({ sub: machine.id, client_id: machine.id, scope: API, token_use: "access" });
    expect(claims).not.toHaveProperty("username");
  });

  it("is sent to the sign-out, which ends the browser's session and leads to the registered address", async () => {
    const config = await configured();
    const browser = newBrowser();
    await walk(config, browser);
    const { left } = await browser.open(
      `${base()}/logout?${new URLSearchParams({ client_id: web.id, logout_uri: LOGOUT })}`,
    );
    expect(String(left)).toBe(LOGOUT);
    const { html, left: sentBack } = await browser.open((await begin(config)).url);
    expect(sentBack).toBeUndefined();
    expect(html).toContain("<form");
  });
});

describe("scopes", () => {
  it("without openid give no ID token", async () => {
    const form = await codeForm({ scope: SIGN_IN_ADMIN });
    const { body } = await post("/oauth2/token", form);
    expect(body.id_token).toBeUndefined();
    expect(decodeJwt(body.access_token ?? "").scope).toBe(SIGN_IN_ADMIN);
  });

  it("that are left out are all that the client may have", async () => {
    const config = await configured();
    const { url } = await begin(config);
    url.searchParams.delete("scope");
    const { left } = await enter(newBrowser(), url);
    expect(left?.searchParams.get("code")).toEqual(expect.any(String));
  });

  it("of email alone open the address and not the name", async () => {
    const { body } = await post("/oauth2/token", await codeForm({ scope: "openid email" }));
    const claims = decodeJwt(body.id_token ?? "");
    expect(claims.email).toBe(bob.email);
    expect(claims).not.toHaveProperty("name");
    expect(claims).not.toHaveProperty([TENANT]);
  });

  it("open the users' own operations to the token, or close them: NotAuthorizedException", async () => {
    const open = await post("/oauth2/token", await codeForm({ scope: `openid ${SIGN_IN_ADMIN}` }));
    const closed = await post("/oauth2/token", await codeForm({ scope: "openid" }));
    await sdk.send(new GetUserCommand({ AccessToken: open.body.access_token }));
    const attempt = sdk.send(new GetUserCommand({ AccessToken: closed.body.access_token }));
    await refused(attempt, "NotAuthorizedException", /scope/);
  });
});

describe("/oauth2/authorize", () => {
  const ask = async (changes: Record<string, string | undefined>, browser = newBrowser()) => {
    const { url } = await begin(await configured());
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return await browser.open(url);
  };

  it.each<[string, Record<string, string | undefined>]>([
    ["an unknown client", { client_id: "a".repeat(26) }],
    ["no client", { client_id: undefined }],
    ["an address that is not registered", { redirect_uri: "https://evil.example/" }],
    ["a registered address with something after it", { redirect_uri: `${CALLBACK}/more` }],
    ["a registered address with a query", { redirect_uri: `${CALLBACK}?a=b` }],
    ["a registered address in capitals", { redirect_uri: CALLBACK.toUpperCase() }],
    ["an address within the address", { redirect_uri: `${CALLBACK}@evil.example` }],
    ["no address", { redirect_uri: undefined }],
  ])("shows an error and leads nowhere for %s", async (_, changes) => {
    const { left, status } = await ask(changes);
    expect(left).toBeUndefined();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["a response_type that does not exist", { response_type: "magic" }, "invalid_request"],
    ["the implicit flow, which this client may not use", { response_type: "token" }, "unauthorized_client"],
    ["a scope that this client may not have", { scope: "openid phone" }, "invalid_request"],
    ["a scope that does not exist", { scope: "openid magic" }, "invalid_request"],
    ["PKCE by plain", { code_challenge_method: "plain" }, "invalid_request"],
  ])("sends back an error and the state for %s", async (_, changes, error) => {
    const { left } = await ask({ state: "kept", ...changes });
    expect(left?.origin + String(left?.pathname)).toBe(CALLBACK);
    expect(left?.searchParams.get("error")).toBe(error);
    expect(left?.searchParams.get("state")).toBe("kept");
    expect(left?.searchParams.get("code")).toBeNull();
  });

  it("asks a public client for PKCE (stricter than AWS) [unconfirmed]", async () => {
    const { left } = await ask({ code_challenge: undefined, code_challenge_method: undefined });
    expect(left?.searchParams.get("error")).toBe("invalid_request");
  });

  it("does not ask again while the browser is signed in, and keeps auth_time", async () => {
    const config = await configured();
    const browser = newBrowser();
    const first = await walk(config, browser);
    const { left, html } = await browser.open((await begin(config)).url);
    expect(html).not.toContain("<form");
    expect(left?.searchParams.get("code")).toEqual(expect.any(String));
    const second = await walk(config, browser);
    expect(second.claims()?.auth_time).toBe(first.claims()?.auth_time);
  });

  it("asks again for prompt=login", async () => {
    const config = await configured();
    const browser = newBrowser();
    await walk(config, browser);
    const { html, left } = await browser.open((await begin(config, { prompt: "login" })).url);
    expect(left).toBeUndefined();
    expect(html).toContain("<form");
  });

  it("asks nobody for prompt=none: login_required", async () => {
    const { left } = await ask({ prompt: "none", state: "kept" });
    expect(left?.searchParams.get("error")).toBe("login_required");
    expect(left?.searchParams.get("state")).toBe("kept");
  });

  it("keeps the browser's session through a global sign-out", async () => {
    const config = await configured();
    const browser = newBrowser();
    await walk(config, browser);
    await sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool, Username: bob.email }));
    const { left } = await browser.open((await begin(config)).url);
    expect(left?.searchParams.get("code")).toEqual(expect.any(String));
  });
});

describe("/login", () => {
  it("sends nobody back for a wrong password", async () => {
    const { url } = await begin(await configured());
    const { left, html } = await enter(newBrowser(), url, bob.email, OTHER_PASSWORD);
    expect(left).toBeUndefined();
    expect(html).toContain("<form");
  });

  it("refuses a form without the page's token", async () => {
    const { url } = await begin(await configured());
    const { search } = url;
    const form = { username: bob.email, password: PASSWORD };
    const { left } = await newBrowser().open(`${base()}/login${search}`, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    expect(left).toBeUndefined();
  });

  it("shows what it was given as text, never as markup", async () => {
    const { url } = await begin(await configured());
    const evil = '"><script>alert(1)</script>';
    const shown = await newBrowser().open(`${url}&login_hint=${encodeURIComponent(evil)}`);
    expect(shown.html).not.toContain("<script>alert(1)");
    const after = await enter(newBrowser(), url, evil);
    expect(after.html).not.toContain("<script>alert(1)");
  });

  it("asks for a new password where the present one is temporary", async () => {
    const email = newEmail();
    await sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: pool,
        Username: email,
        TemporaryPassword: PASSWORD,
        MessageAction: "SUPPRESS",
      }),
    );
    const browser = newBrowser();
    const asked = await enter(browser, (await begin(await configured())).url, email);
    expect(asked.left).toBeUndefined();
    if (!target.isOwn) return;
    const { left } = await browser.submit(asked, { password: OTHER_PASSWORD });
    expect(left?.searchParams.get("code")).toEqual(expect.any(String));
  });

  it("lets no disabled user in", async () => {
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
    const { left } = await enter(newBrowser(), (await begin(await configured())).url, Username);
    expect(left).toBeUndefined();
  });
});

describe("/oauth2/token", () => {
  it("takes a code once, and ends what it gave when it comes again", async () => {
    const form = await codeForm({ scope: `openid ${SIGN_IN_ADMIN}` });
    const first = await post("/oauth2/token", form);
    expect(first.status).toBe(200);
    const second = await post("/oauth2/token", form);
    expect([second.status, second.body.error]).toEqual([400, "invalid_grant"]);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ["an invented code", { code: "invented" }, "invalid_grant"],
    ["another verifier", { code_verifier: "x".repeat(43) }, "invalid_grant"],
    ["no verifier", { code_verifier: undefined }, "invalid_grant"],
    ["another registered address", { redirect_uri: "https://app.example/other" }, "invalid_grant"],
    ["no grant_type", { grant_type: undefined }, "invalid_request"],
    ["a grant_type that does not exist", { grant_type: "magic" }, "unsupported_grant_type"],
    ["an unknown client", { client_id: "a".repeat(26) }, "invalid_client"],
  ])("refuses %s", async (_, changes, error) => {
    const form = { ...(await codeForm()), ...changes };
    const sent = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const { status, body } = await post("/oauth2/token", Object.fromEntries(sent));
    expect([status, body.error]).toEqual([400, error]);
  });

  it("refuses the code of another client: invalid_grant", async () => {
    const form = await codeForm();
    const { status, body } = await post(
      "/oauth2/token",
      { ...form, client_id: secretive.id },
      basic(secretive),
    );
    expect([status, body.error]).toEqual([400, "invalid_grant"]);
  });

  it.each([
    ["a wrong secret", () => basic({ ...secretive, secret: "x".repeat(52) })],
    ["none", () => ({})],
  ])("refuses a confidential client that shows %s: invalid_client", async (_, headers) => {
    const form = { grant_type: "refresh_token", client_id: secretive.id, refresh_token: "a.b.c.d.e" };
    const { status, body } = await post("/oauth2/token", form, headers());
    expect([400, 401]).toContain(status);
    expect(body.error).toBe("invalid_client");
  });

  it("refuses an invented refresh token: invalid_grant", async () => {
    const form = { grant_type: "refresh_token", client_id: web.id, refresh_token: "a.b.c.d.e" };
    const { status, body } = await post("/oauth2/token", form);
    expect([status, body.error]).toEqual([400, "invalid_grant"]);
  });

  it("gives a machine no scope that it may not have: invalid_scope", async () => {
    const form = { grant_type: "client_credentials", scope: "https://items.example/write" };
    const { status, body } = await post("/oauth2/token", form, basic(machine));
    expect([status, body.error]).toEqual([400, "invalid_scope"]);
  });

  it("gives no machine's token to a client of users: unauthorized_client", async () => {
    const { status, body } = await post(
      "/oauth2/token",
      { grant_type: "client_credentials" },
      basic(secretive),
    );
    expect([status, body.error]).toEqual([400, "unauthorized_client"]);
  });

  it.skipIf(!target.isOwn)("takes a code for five minutes: invalid_grant", async () => {
    const form = await codeForm();
    const { body } = await target.later(301, () => post("/oauth2/token", form));
    expect(body.error).toBe("invalid_grant");
  });
});

describe("/oauth2/userInfo", () => {
  const ask = (authorization?: string) =>
    fetch(`${base()}/oauth2/userInfo`, { headers: authorization ? { authorization } : {} });

  it("refuses a request without a token", async () => {
    expect([400, 401]).toContain((await ask()).status);
  });

  it("refuses an invented token with WWW-Authenticate: invalid_token", async () => {
    const response = await ask("Bearer a.b.c");
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it("refuses an ID token, and a token without openid", async () => {
    const { body } = await post("/oauth2/token", await codeForm());
    expect((await ask(`Bearer ${body.id_token}`)).status).toBe(401);
    const { body: other } = await post("/oauth2/token", await codeForm({ scope: SIGN_IN_ADMIN }));
    expect((await ask(`Bearer ${other.access_token}`)).status).toBe(401);
  });
});

describe("/oauth2/revoke", () => {
  it("answers 200 to a token that nobody knows", async () => {
    const { status } = await post("/oauth2/revoke", { token: "a.b.c.d.e", client_id: web.id });
    expect(status).toBe(200);
  });

  it.each<[string, () => Promise<Record<string, string>>, string]>([
    ["no token", async () => ({ client_id: web.id }), "invalid_request"],
    ["an unknown client", async () => ({ token: "a.b.c.d.e", client_id: "a".repeat(26) }), "invalid_client"],
    [
      "an access token",
      async () => ({
        client_id: web.id,
        token: (await post("/oauth2/token", await codeForm())).body.access_token ?? "",
      }),
      "unsupported_token_type",
    ],
  ])("refuses %s", async (_, form, error) => {
    const { status, body } = await post("/oauth2/revoke", await form());
    expect([400, 401]).toContain(status);
    expect(body.error).toBe(error);
  });
});

describe("/logout", () => {
  it.each([
    ["an address that is not registered", { logout_uri: "https://evil.example/" }],
    ["a callback as logout address", { logout_uri: CALLBACK }],
    ["no address at all", {}],
  ])("leads nowhere for %s", async (_, parameters) => {
    const query = new URLSearchParams({ client_id: web.id, ...parameters });
    const { left, status } = await newBrowser().open(`${base()}/logout?${query}`);
    expect(left).toBeUndefined();
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it("with the parameters of an authorisation leads to the sign-in form again", async () => {
    const query = new URLSearchParams({ client_id: web.id, redirect_uri: CALLBACK, response_type: "code" });
    const { left, url } = await newBrowser().open(`${base()}/logout?${query}`);
    expect(left?.searchParams.get("code") ?? null).toBeNull();
    expect(`${url}${left ?? ""}`).toMatch(/\/login|callback\?error/);
  });
});
