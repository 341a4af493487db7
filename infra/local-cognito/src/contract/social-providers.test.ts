import { generateKeyPairSync } from "node:crypto";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openForFile } from "./bench";
import { Browser } from "./browser";
import { federatedTokens, openFederated, refusalIn, walk } from "./federated";
import { authorizeUrl } from "./hosted";
import { OIDC_CLIENT, openProvider } from "./openid-provider";

const target = await openForFile();
const there = await openProvider();
afterAll(() => there.close());
beforeEach(() => {
  there.bending = {};
});

/** What stands in for the real one: it is asked where ProviderDetails say. */
const run = describe.skipIf(!target.isOwn);
const client = { client_id: OIDC_CLIENT.id, client_secret: OIDC_CLIENT.secret };
const AttributeMapping = { email: "email", name: "name" };
/** OAuth 2.0 alone: where it is, without an issuer. */
const places = {
  authorize_url: `${there.issuer}/authorize`,
  token_url: `${there.issuer}/token`,
  attributes_url: `${there.issuer}/userinfo`,
};

const opened = (
  ProviderName: "Google" | "Facebook" | "LoginWithAmazon" | "SignInWithApple",
  details: object,
) =>
  openFederated(target, [
    {
      ProviderName,
      ProviderType: ProviderName,
      ProviderDetails: { ...client, authorize_scopes: "openid email", ...details },
      AttributeMapping,
    },
  ]);

run("Google", () => {
  it("is OpenID Connect: its users are Google_sub", async () => {
    const hosted = await opened("Google", { oidc_issuer: there.issuer });
    there.person = { sub: "1154", email: "ada@gmail.example", name: "Ada" };
    const { id } = await federatedTokens(hosted, "Google");
    expect(id).toMatchObject({ "cognito:username": "google_1154", email: "ada@gmail.example" });
    expect(id.identities).toMatchObject([{ providerName: "Google", providerType: "Google", userId: "1154" }]);
  });

  it("may be told endpoint by endpoint: then nothing is discovered, and the signature is checked all the same", async () => {
    const details = { ...places, oidc_issuer: there.issuer, jwks_uri: `${there.issuer}/jwks` };
    const hosted = await opened("Google", details);
    there.person = { sub: "1155", email: "ben@gmail.example" };
    expect((await federatedTokens(hosted, "Google")).id["cognito:username"]).toBe("google_1155");
    there.bending = { foreignKey: true };
    const shown = await walk(hosted, new Browser(hosted.url), { identity_provider: "Google" });
    expect(refusalIn(shown)[0]).toBe("invalid_request");
  });
});

run("Facebook and Amazon", () => {
  it.each([
    ["Facebook", "id"],
    ["LoginWithAmazon", "user_id"],
  ] as const)(
    "%s has no ID token: who it is says the %s that is read with the access token",
    async (name, claim) => {
      const hosted = await opened(name, { ...places, authorize_scopes: "profile" });
      there.bending = { noIdToken: true, info: { [claim]: "77", email: "ada@social.example", name: "Ada" } };
      const { id } = await federatedTokens(hosted, name);
      expect(id).toMatchObject({ "cognito:username": `${name.toLowerCase()}_77`, name: "Ada" });
      expect(there.asked.authorize.get("code_challenge")).toMatch(/^[\w-]{43}$/);
      there.bending = { noIdToken: true, info: { email: "nobody@social.example" } };
      const shown = await walk(hosted, new Browser(hosted.url), { identity_provider: name });
      expect(refusalIn(shown)).toEqual(["invalid_request", `${name} does not say who it is.`]);
    },
  );

  it("are where the world knows them, unless it is said otherwise", async () => {
    const hosted = await opened("Facebook", { api_version: "v17.0" });
    const { left } = await new Browser(hosted.url).open(
      authorizeUrl(hosted, { identity_provider: "Facebook" }),
    );
    expect(left?.href.startsWith("https://www.facebook.com/v17.0/dialog/oauth?")).toBe(true);
  });
});

run("Apple", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const details = (private_key: string) => ({
    team_id: "TEAM1",
    key_id: "KEY1",
    private_key,
    oidc_issuer: there.issuer,
  });

  it.each([
    ["as a PEM", pem],
    ["without its first and last line", pem.replaceAll(/-----.*-----|\n/g, "")],
  ])("is shown a secret that the key signed, however that is given: %s", async (_, key) => {
    const hosted = await openFederated(target, [
      {
        ProviderName: "SignInWithApple",
        ProviderType: "SignInWithApple",
        ProviderDetails: {
          client_id: OIDC_CLIENT.id,
          authorize_scopes: "email name openid",
          ...details(key),
        },
        AttributeMapping,
      },
    ]);
    there.bending = { anySecret: true };
    there.person = { sub: "001.a", email: "ada@apple.example" };
    const { id } = await federatedTokens(hosted, "SignInWithApple");
    expect(id["cognito:username"]).toBe("signinwithapple_001.a");
    expect(there.asked.authorize.get("response_mode")).toBe("form_post");
    const secret = there.asked.token.get("client_secret") ?? "";
    expect(decodeProtectedHeader(secret)).toEqual({ alg: "ES256", kid: "KEY1" });
    const checks = { issuer: "TEAM1", subject: OIDC_CLIENT.id, audience: there.issuer };
    await jwtVerify(secret, publicKey, checks);
  });
});
