import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { createClient, createUser, signIn, TENANT, tokensOf } from "./pool";
import { notAuthorized } from "./refusal";

const { target, sdk, pool, client, newPool, newClient, newUser, enterBy, tokensFor } = await openBench();
const ROLE = "arn:aws:iam::000000000000:role/";
const bob = await newUser({ attributes: { name: "Bob", nickname: "Bobby" } });
const plain = await newUser();
for (const group of [
  { GroupName: "plain" },
  { GroupName: "weak", Precedence: 9, RoleArn: `${ROLE}weak` },
  { GroupName: "strong", Precedence: 1, RoleArn: `${ROLE}strong` },
]) {
  await sdk.createGroup({ UserPoolId: pool, ...group });
  await sdk.adminAddUserToGroup({ UserPoolId: pool, Username: bob.email, GroupName: group.GroupName });
}
const tokens = await tokensFor(bob.email);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the access token", () => {
  it.each<[string, () => unknown]>([
    ["sub", () => bob.username],
    ["iss", () => target.issuer(pool)],
    ["client_id", () => client.id],
    ["token_use", () => "access"],
    ["scope", () => "aws.cognito.signin.user.admin"],
    ["username", () => bob.username],
    ["jti", () => expect.stringMatching(UUID)],
    ["origin_jti", () => expect.stringMatching(UUID)],
    ["event_id", () => expect.stringMatching(UUID)],
    ["auth_time", () => expect.any(Number)],
    ["iat", () => expect.any(Number)],
    ["exp", () => Number(tokens.access.iat) + 3_600],
    ["cognito:groups", () => ["strong", "weak", "plain"]],
  ])("has the claim %s", (name, expected) => {
    expect(tokens.access[name]).toEqual(expected());
  });

  it.each(["aud", "email", "name", TENANT, "cognito:username", "cognito:roles"])(
    "has no claim %s",
    (name) => {
      expect(tokens.access).not.toHaveProperty([name]);
    },
  );

  it("has no claims but the documented ones", () => {
    expect(Object.keys(tokens.access).sort()).toEqual(
      "auth_time client_id cognito:groups event_id exp iat iss jti origin_jti scope sub token_use username".split(
        " ",
      ),
    );
  });
});

describe("the ID token", () => {
  it.each<[string, () => unknown]>([
    ["sub", () => bob.username],
    ["iss", () => target.issuer(pool)],
    ["aud", () => client.id],
    ["token_use", () => "id"],
    ["cognito:username", () => bob.username],
    ["email", () => bob.email],
    ["email_verified", () => true],
    ["name", () => "Bob"],
    [TENANT, () => "acme"],
    ["cognito:groups", () => ["strong", "weak", "plain"]],
    ["cognito:roles", () => [`${ROLE}strong`, `${ROLE}weak`]],
    ["cognito:preferred_role", () => `${ROLE}strong`],
    ["auth_time", () => tokens.access.auth_time],
    ["origin_jti", () => tokens.access.origin_jti],
    ["event_id", () => tokens.access.event_id],
  ])("has the claim %s", (name, expected) => {
    expect(tokens.id[name]).toEqual(expected());
  });

  it.each(["client_id", "username", "scope", "nonce", "at_hash"])("has no claim %s", (name) => {
    expect(tokens.id).not.toHaveProperty([name]);
  });

  it("has no claims but the documented ones, and no attribute that the client may not read", () => {
    expect(Object.keys(tokens.id).sort()).toEqual(
      `aud auth_time cognito:groups cognito:preferred_role cognito:roles cognito:username ${TENANT} email email_verified event_id exp iat iss jti name origin_jti sub token_use`.split(
        " ",
      ),
    );
  });

  it("has of a client's short list just that, and without a list everything [unconfirmed]", async () => {
    const idOf = async (ReadAttributes: string[] | undefined) => {
      const { id: ClientId } = await newClient({ ReadAttributes });
      return tokensOf(await enterBy(ClientId, plain.email)).id;
    };
    const [short, open] = [await idOf(["email"]), await idOf(undefined)];
    expect(short).toMatchObject({ email: plain.email });
    expect(short).not.toHaveProperty("email_verified");
    expect(open).toMatchObject({ email: plain.email, email_verified: true });
    expect(short).not.toHaveProperty([TENANT]);
    expect(open).toHaveProperty([TENANT]);
  });

  it("has another jti than the access token", () => {
    expect(tokens.id.jti).not.toBe(tokens.access.jti);
  });

  it("has no groups and no roles for a user of none", async () => {
    const { id, access } = await tokensFor(plain.email);
    for (const name of ["cognito:groups", "cognito:roles", "cognito:preferred_role"]) {
      expect(id).not.toHaveProperty([name]);
      expect(access).not.toHaveProperty([name]);
    }
  });
});

describe("both", () => {
  const keys = () => createRemoteJWKSet(new URL(`${target.issuer(pool)}/.well-known/jwks.json`));

  it.each(["AccessToken", "IdToken"] as const)(
    "are signed with RS256 by a published key: %s",
    async (which) => {
      const { payload } = await jwtVerify(tokens[which], keys(), {
        issuer: target.issuer(pool),
        algorithms: ["RS256"],
      });
      expect(payload.sub).toBe(bob.username);
    },
  );

  it("have kid and alg in the header, and nothing else; each its own kid", () => {
    const headers = [tokens.AccessToken, tokens.IdToken].map(decodeProtectedHeader);
    for (const header of headers) expect(Object.keys(header).sort()).toEqual(["alg", "kid"]);
    expect(headers[0]?.kid).not.toBe(headers[1]?.kid);
  });

  it("are opaque where they refresh: an encrypted JWT of five parts", () => {
    expect(tokens.RefreshToken.split(".")).toHaveLength(5);
    expect(tokens.RefreshToken.length).toBeGreaterThan(1_000);
  });

  it("live for an hour by default, from now", () => {
    for (const { iat = 0, exp = 0, auth_time } of [tokens.access, tokens.id]) {
      expect(exp - iat).toBe(3_600);
      for (const time of [iat, Number(auth_time)]) {
        expect(Math.abs(time - Date.now() / 1_000)).toBeLessThan(120);
      }
    }
  });

  it("live as long as the client says, in its units", async () => {
    const brief = await newClient({
      AccessTokenValidity: 5,
      IdTokenValidity: 86_400,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "seconds" },
    });
    const answered = await enterBy(brief.id, plain.email);
    const { access, id } = tokensOf(answered);
    expect(answered.AuthenticationResult?.ExpiresIn).toBe(300);
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(300);
    expect((id.exp ?? 0) - (id.iat ?? 0)).toBe(86_400);
  });

  it("have no origin_jti where revocation is off", async () => {
    const irrevocable = await newClient({ EnableTokenRevocation: false });
    const { access, id } = tokensOf(await enterBy(irrevocable.id, plain.email));
    expect(access).not.toHaveProperty("origin_jti");
    expect(id).not.toHaveProperty("origin_jti");
  });

  it("are others at each sign-in, of another family", async () => {
    const again = await tokensFor(bob.email);
    expect(again.access.jti).not.toBe(tokens.access.jti);
    expect(again.access.origin_jti).not.toBe(tokens.access.origin_jti);
    expect(again.access.event_id).not.toBe(tokens.access.event_id);
  });

  it.skipIf(!target.isOwn)("end at exp: NotAuthorizedException", async () => {
    const { AccessToken } = await tokensFor(plain.email);
    await target.later(3_590, () => sdk.getUser({ AccessToken }));
    await target.later(3_600, () => notAuthorized(sdk.getUser({ AccessToken }), "Access Token has expired"));
  });
});

describe("the published keys", () => {
  it("are two of RSA, for signing with RS256, with nothing private", async () => {
    const response = await fetch(`${target.issuer(pool)}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", e: "AQAB" });
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    }
  });

  it("verify also the very first tokens of a pool, of many sign-ins at once", async () => {
    const fresh = await newPool();
    const { id } = await createClient(target, fresh);
    const { email } = await createUser(target, fresh);
    const many = await Promise.all(Array.from({ length: 8 }, () => signIn(target, fresh, id, email)));
    const keys = createRemoteJWKSet(new URL(`${target.issuer(fresh)}/.well-known/jwks.json`));
    for (const { AccessToken, IdToken } of many.map(tokensOf)) {
      await jwtVerify(AccessToken, keys);
      await jwtVerify(IdToken, keys, { audience: id });
    }
  });

  it("belong to one pool", async () => {
    const other = await newPool();
    const keysOf = async (id: string) =>
      (await (await fetch(`${target.issuer(id)}/.well-known/jwks.json`)).json()) as {
        keys: { kid: string }[];
      };
    const kids = (await keysOf(pool)).keys.map(({ kid }) => kid);
    for (const { kid } of (await keysOf(other)).keys) expect(kids).not.toContain(kid);
  });

  it("of a pool that does not exist are not there", async () => {
    const response = await fetch(`${target.issuer(`${target.region}_AAAAAAAAA`)}/.well-known/jwks.json`);
    expect([400, 404]).toContain(response.status);
  });
});

describe("the discovery document", () => {
  it("names the issuer, the keys and RS256", async () => {
    const response = await fetch(`${target.issuer(pool)}/.well-known/openid-configuration`);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({
      issuer: target.issuer(pool),
      jwks_uri: `${target.issuer(pool)}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["RS256"],
      subject_types_supported: ["public"],
      response_types_supported: expect.arrayContaining(["code"]),
      scopes_supported: expect.arrayContaining(["openid", "email", "phone", "profile"]),
    });
  });
});
