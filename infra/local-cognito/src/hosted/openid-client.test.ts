import { GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "../testing/browser";
import { refused } from "../testing/cognito";
import { CALLBACK, type HostedCognito, LOGOUT, signInAt, startHosted } from "../testing/hosted";

let cognito: HostedCognito;
beforeAll(async () => {
  cognito = await startHosted();
});
afterAll(() => cognito.stop());

const insecure = { execute: [client.allowInsecureRequests] };

async function walk(config: client.Configuration, browser: TestBrowser, scope = "openid email profile") {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope,
    nonce,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const shown = await browser.open(address);
  const { left } = shown.left ? shown : await signInAt(browser, address);
  if (!left) throw new Error("The browser was not sent back.");
  return await client.authorizationCodeGrant(config, left, {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
    idTokenExpected: true,
  });
}

describe("openid-client", () => {
  const issuer = () => new URL(`${cognito.url}/${cognito.pool}`);

  it("discovers the endpoints and completes code, PKCE, nonce, userInfo, refresh, revocation and logout", async () => {
    const config = await client.discovery(issuer(), cognito.client, undefined, client.None(), insecure);
    const browser = new TestBrowser(cognito.url);
    const tokens = await walk(config, browser);

    const claims = tokens.claims();
    expect(claims).toMatchObject({
      email: "bob@acme.example",
      email_verified: true,
      name: "Bob",
      token_use: "id",
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      scope: "openid email profile",
      token_use: "access",
      client_id: cognito.client,
      username: cognito.username,
      version: 2,
    });

    const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? "");
    expect(info).toMatchObject({ email: "bob@acme.example", email_verified: "true", name: "Bob" });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.sub).toBe(claims?.sub);
    expect(decodeJwt(refreshed.access_token).scope).toBe("openid email profile");

    await client.tokenRevocation(config, tokens.refresh_token ?? "");
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await expect(client.fetchUserInfo(config, refreshed.access_token, claims?.sub ?? "")).rejects.toThrow();

    const out = await browser.open(client.buildEndSessionUrl(config, { logout_uri: LOGOUT }));
    expect(String(out.left)).toBe(LOGOUT);
    expect([...browser.cookies.keys()]).toEqual(["XSRF-TOKEN"]);
  });

  it("verifies the signature and at_hash of the ID token with the pool's keys", async () => {
    const config = await client.discovery(issuer(), cognito.client, undefined, client.None(), {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    });
    const tokens = await walk(config, new TestBrowser(cognito.url));
    expect(tokens.claims()).toHaveProperty("at_hash");
  });

  it.each([
    ["client_secret_basic", client.ClientSecretBasic],
    ["client_secret_post", client.ClientSecretPost],
  ])("authenticates a confidential client by %s", async (_, method) => {
    const { id, secret } = cognito.confidential;
    const config = await client.discovery(issuer(), id, undefined, method(secret), insecure);
    const tokens = await walk(config, new TestBrowser(cognito.url));
    expect(tokens.claims()?.aud).toBe(id);
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await client.tokenRevocation(config, tokens.refresh_token ?? "");
    expect(refreshed.expires_in).toBe(3600);
  });

  it("is not asked again while the browser's session lasts, and gets the time of the first sign-in", async () => {
    const config = await client.discovery(issuer(), cognito.client, undefined, client.None(), insecure);
    const browser = new TestBrowser(cognito.url);
    const first = await walk(config, browser);
    cognito.clock.advance({ minutes: 20 });
    const second = await walk(config, browser);
    expect(second.claims()?.auth_time).toBe(first.claims()?.auth_time);
    expect(second.claims()?.iat).toBeGreaterThan(first.claims()?.iat ?? 0);
    cognito.clock.advance({ minutes: -20 });
  });

  it("gets tokens that the API takes, when their scope says so, and refuses otherwise", async () => {
    const config = await client.discovery(issuer(), cognito.client, undefined, client.None(), insecure);
    const admin = await walk(config, new TestBrowser(cognito.url), "openid aws.cognito.signin.user.admin");
    const plain = await walk(config, new TestBrowser(cognito.url), "openid");
    const me = await cognito.sdk.send(new GetUserCommand({ AccessToken: admin.access_token }));
    expect(me.Username).toBe(cognito.username);
    const message = "Access Token does not have required scopes";
    await refused(
      cognito.sdk.send(new GetUserCommand({ AccessToken: plain.access_token })),
      "NotAuthorizedException",
      message,
    );
  });
});
