import { decodeJwt } from "jose";
import * as openid from "openid-client";
import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { back, oidc, openFederated } from "./federated";
import { CALLBACK, EMAIL, LOGOUT } from "./hosted";
import { openProvider } from "./openid-provider";
import { PASSWORD } from "./pool";
import { notAuthorized } from "./refusal";

const { hosted, target, sdk, newClient, newBrowser } = await openHostedBench();
const API = "https://items.example/read";
const SIGN_IN_ADMIN = "aws.cognito.signin.user.admin";
const web = { id: hosted.client, secret: "" };
const machine = await newClient({
  ExplicitAuthFlows: [],
  GenerateSecret: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["client_credentials"],
  AllowedOAuthScopes: [API],
});

const issuer = () => new URL(target.issuer(hosted.pool));
const options = { execute: [openid.allowInsecureRequests] };
const configured = (of = web, method: openid.ClientAuth = openid.None()) =>
  openid.discovery(issuer(), of.id, undefined, method, options);

async function walk(config: openid.Configuration, browser = newBrowser(), more: Record<string, string> = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedNonce, expectedState] = [openid.randomNonce(), openid.randomState()];
  const shown = await browser.open(
    openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: "openid email profile",
      nonce: expectedNonce,
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      ...more,
    }),
  );
  const { left } = shown.left ? shown : await browser.submit(shown, { username: EMAIL, password: PASSWORD });
  if (!left) throw new Error("The browser was not sent back.");
  const expected = { pkceCodeVerifier, expectedNonce, expectedState, idTokenExpected: true };
  return await openid.authorizationCodeGrant(config, left, expected);
}

describe("openid-client", () => {
  it("discovers the endpoints, which are the domain's", async () => {
    expect((await configured()).serverMetadata()).toMatchObject({
      issuer: target.issuer(hosted.pool),
      authorization_endpoint: `${hosted.url}/oauth2/authorize`,
      token_endpoint: `${hosted.url}/oauth2/token`,
      userinfo_endpoint: `${hosted.url}/oauth2/userInfo`,
      revocation_endpoint: `${hosted.url}/oauth2/revoke`,
      end_session_endpoint: `${hosted.url}/logout`,
    });
  });

  it("completes code, PKCE and nonce, and gets all three tokens", async () => {
    const tokens = await walk(await configured());
    expect(tokens.token_type).toBe("bearer");
    expect(tokens.expires_in).toBe(3_600);
    expect(tokens.refresh_token).toEqual(expect.any(String));
    expect(tokens.claims()).toMatchObject({
      sub: hosted.username,
      aud: web.id,
      token_use: "id",
      email: EMAIL,
      email_verified: true,
      name: "Bob",
      at_hash: expect.any(String),
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      client_id: web.id,
      scope: "openid email profile",
      token_use: "access",
      username: hosted.username,
      version: 2,
    });
  });

  it("verifies the ID token's signature with the published keys", async () => {
    const execute = [openid.allowInsecureRequests, openid.enableNonRepudiationChecks];
    const config = await openid.discovery(issuer(), web.id, undefined, openid.None(), { execute });
    expect((await walk(config)).claims()?.sub).toBe(hosted.username);
  });

  it("reads userInfo, whose values are strings", async () => {
    const config = await configured();
    const tokens = await walk(config);
    const info = await openid.fetchUserInfo(config, tokens.access_token, hosted.username);
    expect(info).toMatchObject({
      sub: hosted.username,
      username: hosted.username,
      email: EMAIL,
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
    expect(next.claims()?.sub).toBe(tokens.claims()?.sub);
    expect(next.claims()).not.toHaveProperty("nonce");
  });

  it("revokes, after which nothing of the family works", async () => {
    const config = await configured();
    const tokens = await walk(config);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await openid.tokenRevocation(config, tokens.refresh_token ?? "");
    const again = openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await expect(again).rejects.toMatchObject({ error: "invalid_grant" });
    for (const { access_token } of [tokens, next]) {
      await expect(openid.fetchUserInfo(config, access_token, hosted.username)).rejects.toThrow();
    }
  });

  it.each([
    ["client_secret_basic", openid.ClientSecretBasic],
    ["client_secret_post", openid.ClientSecretPost],
  ])("shows a secret by %s", async (_, method) => {
    const config = await configured(hosted.confidential, method(hosted.confidential.secret));
    const tokens = await walk(config);
    expect(tokens.claims()?.aud).toBe(hosted.confidential.id);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(next.expires_in).toBe(3_600);
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
    const before = [...browser.cookies.keys()].length;
    const { left } = await browser.open(openid.buildEndSessionUrl(config, { logout_uri: LOGOUT }));
    expect(String(left)).toBe(LOGOUT);
    expect([...browser.cookies.keys()]).toHaveLength(before - 1);
  });

  it("is not asked again while the browser's session lasts, and gets the time of the first sign-in", async () => {
    const later = target.isOwn ? 1_200 : 0;
    // openid-client's clock is not the one that is turned.
    const skewed = { [openid.clockSkew]: later };
    const config = await openid.discovery(issuer(), web.id, skewed, openid.None(), options);
    const browser = newBrowser();
    const first = await walk(config, browser);
    const second = await target.later(later, () => walk(config, browser));
    expect(second.claims()?.auth_time).toBe(first.claims()?.auth_time);
    if (target.isOwn) expect(second.claims()?.iat).toBeGreaterThan(first.claims()?.iat ?? 0);
  });

  it("gets tokens that the API takes where their scope says so: NotAuthorizedException otherwise", async () => {
    const config = await configured();
    const open = await walk(config, newBrowser(), { scope: `openid ${SIGN_IN_ADMIN}` });
    const closed = await walk(config, newBrowser(), { scope: "openid" });
    const me = await sdk.getUser({ AccessToken: open.access_token });
    expect(me.Username).toBe(hosted.username);
    const attempt = sdk.getUser({ AccessToken: closed.access_token });
    await notAuthorized(attempt, "Access Token does not have required scopes");
  });

  it.skipIf(!target.isOwn)("gets tokens of somebody who signed in at a provider of the pool", async () => {
    const provider = await openProvider();
    provider.person = { sub: "1", email: "ada@idp.example" };
    const one = await openFederated(target, [oidc("Okta", provider.issuer)]);
    const config = await openid.discovery(
      new URL(target.issuer(one.pool)),
      one.client,
      undefined,
      openid.None(),
      options,
    );
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const expectedState = openid.randomState();
    const browser = newBrowser();
    const sent = await browser.open(
      openid.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: "openid",
        state: expectedState,
        identity_provider: "Okta",
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
      }),
    );
    const { left } = await back(browser, sent);
    await provider.close();
    const checks = { pkceCodeVerifier, expectedState, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, left ?? new URL(CALLBACK), checks);
    expect(tokens.claims()).toMatchObject({
      "cognito:username": "okta_1",
      email: "ada@idp.example",
      identities: [{ providerName: "Okta", userId: "1" }],
    });
  });
});
