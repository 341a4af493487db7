import { createRemoteJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { openHostedBench } from "./bench";
import { authorizeUrl, CALLBACK, oauth, post, signInAt } from "./hosted";
import { createClient } from "./pool";

const { hosted, target, sdk, newBrowser } = await openHostedBench();
const { id } = await createClient(target, hosted.pool, { ...oauth, AllowedOAuthFlows: ["implicit"] });
const usual = {
  response_type: "token",
  code_challenge: undefined,
  code_challenge_method: undefined,
  nonce: "n-1",
};
const request = (changes: Record<string, string | undefined> = {}) =>
  authorizeUrl({ ...hosted, client: id }, { ...usual, ...changes });
const keys = createRemoteJWKSet(new URL(`${target.issuer(hosted.pool)}/.well-known/jwks.json`));

/** What stands behind the `#`. */
const fragmentOf = (left: URL | undefined) =>
  Object.fromEntries(new URLSearchParams(left?.hash.slice(1) ?? ""));

describe("response_type=token", () => {
  it("sends the browser back with an access and an ID token behind the #, and no refresh token", async () => {
    const { left, status } = await signInAt(newBrowser(), request({ scope: "openid email" }));
    expect([status, left?.origin, left?.pathname, left?.search]).toEqual([
      302,
      new URL(CALLBACK).origin,
      "/callback",
      "",
    ]);
    const { access_token = "", id_token = "", ...rest } = fragmentOf(left);
    expect(rest).toEqual({ token_type: "Bearer", expires_in: "3600", state: "s-1" });
    const issuer = target.issuer(hosted.pool);
    const access = await jwtVerify(access_token, keys, { issuer });
    expect(access.payload).toMatchObject({ client_id: id, token_use: "access", scope: "openid email" });
    const told = await jwtVerify(id_token, keys, { issuer, audience: id });
    expect(told.payload).toMatchObject({
      sub: hosted.username,
      nonce: "n-1",
      at_hash: expect.stringMatching(/^[\w-]{22}$/),
    });
  });

  it("gives tokens that are good: they read who it is", async () => {
    const { left } = await signInAt(newBrowser(), request({ scope: "aws.cognito.signin.user.admin" }));
    const { access_token, id_token } = fragmentOf(left);
    // Without `openid` there is no ID token.
    expect(id_token).toBeUndefined();
    expect((await sdk.getUser({ AccessToken: access_token })).Username).toBe(hosted.username);
  });

  it("answers a browser that is signed in at once", async () => {
    const browser = newBrowser();
    await signInAt(browser, request());
    const { left } = await browser.open(request());
    expect(fragmentOf(left).access_token).toEqual(expect.any(String));
  });

  it("is for a client that has it, and for no other", async () => {
    const { left } = await newBrowser().open(authorizeUrl(hosted, usual));
    expect(left?.searchParams.get("error")).toBe("unauthorized_client");
    const { left: other } = await newBrowser().open(request({ response_type: "code" }));
    expect(other?.searchParams.get("error")).toBe("unauthorized_client");
  });

  it("gives no code that could be exchanged, and such a client exchanges none [unconfirmed]", async () => {
    const { left } = await signInAt(newBrowser(), request());
    expect(left?.href).not.toMatch(/[?&#]code=/);
    const { status, body } = await post(hosted, "/oauth2/token", {
      grant_type: "authorization_code",
      client_id: id,
      code: "11111111-2222-4333-8444-555555555555",
      redirect_uri: CALLBACK,
    });
    expect([status, body.error]).toEqual([400, "unauthorized_client"]);
  });
});
