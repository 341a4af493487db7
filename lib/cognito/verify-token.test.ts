import { constants, randomUUID, sign } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type KeyServer,
  type Mood,
  makeSigningKey,
  type SigningKey,
  startKeyServer,
} from "../../infra/local/testing/key-server";
import { forgeToken, hmac, rsa, signToken } from "../../infra/local/testing/token";
import { KeySet } from "./key-set";
import { type TokenUse, tokenVerifier } from "./verify-token";

const ISSUER = "http://127.0.0.1:9229/ap-northeast-1_Pool00001";
const CLIENT = "serverclient";
const WEB_CLIENT = "webclient";
const MINUTE = 60_000;

let key: SigningKey;
let nextKey: SigningKey;
let stranger: SigningKey;
let server: KeyServer;
/** Milliseconds that the verifier's clock is ahead of the real one. */
let ahead: number;
/** Where it stands still at a time, which is no other however long a busy machine takes. */
let standing: number | undefined;
let verify: (token: string, use?: TokenUse) => Promise<unknown>;

beforeAll(async () => {
  [key, nextKey, stranger] = await Promise.all([
    makeSigningKey("key1"),
    makeSigningKey("key2"),
    makeSigningKey("key1"),
  ]);
  server = await startKeyServer();
});
afterAll(() => server.close());

beforeEach(() => {
  ahead = 0;
  standing = undefined;
  server.keys = [key];
  server.fetches = 0;
  server.mood = "well";
  verify = coldVerifier();
});

/** A verifier that has asked for no key yet. */
function coldVerifier(jwksUrl = server.url) {
  const now = () => (standing ?? Date.now()) + ahead;
  const keys = new KeySet(jwksUrl, now);
  const verifyToken = tokenVerifier({ issuer: ISSUER, keys, clientIds: [CLIENT, WEB_CLIENT], now });
  // Whatever is asked is asked twice: a token that was seen before is treated no better and no worse.
  return async (token: string, use: TokenUse = "access") => {
    const [first] = await Promise.allSettled([verifyToken(token, use)]);
    const [again] = await Promise.allSettled([verifyToken(token, use)]);
    expect(outcome(again)).toEqual(outcome(first));
    if (again.status === "rejected") throw again.reason;
    return again.value;
  };
}
const outcome = (result: PromiseSettledResult<unknown>) =>
  result.status === "fulfilled" ? result.value : { refused: result.reason.code };

const seconds = () => Math.floor(Date.now() / 1000);
/** Claims as Cognito writes them; they outlive every clock that is set ahead here. */
const common = () => ({
  sub: "4c2d6a1e-0000-4000-8000-000000000001",
  iss: ISSUER,
  origin_jti: randomUUID(),
  event_id: randomUUID(),
  jti: randomUUID(),
  auth_time: seconds(),
  iat: seconds(),
  exp: seconds() + 6 * 3600,
});
const accessClaims = () => ({
  ...common(),
  token_use: "access",
  client_id: CLIENT,
  username: "4c2d6a1e-0000-4000-8000-000000000001",
  scope: "aws.cognito.signin.user.admin",
});
const idClaims = () => ({
  ...common(),
  token_use: "id",
  aud: CLIENT,
  "cognito:username": "4c2d6a1e-0000-4000-8000-000000000001",
  email: "bob@acme.example",
});
const header = (more: object = {}) => ({ alg: "RS256", kid: key.kid, ...more });
const without = (claims: object, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([each]) => each !== name));

const invalid = { code: "invalid_token", status: 401 };
const unavailable = { code: "keys_unavailable", status: 503, retryAfter: 5 };

describe("a token of this pool", () => {
  test("gives its claims", async () => {
    const claims = { ...accessClaims(), "cognito:groups": ["admin"], "custom:tenant_id": "acme" };
    expect(await verify(await signToken(key, claims))).toEqual(claims);
  });
  test("of any of our clients, of either use, is accepted", async () => {
    await verify(await signToken(key, { ...accessClaims(), client_id: WEB_CLIENT }));
    await verify(await signToken(key, idClaims()), "id");
    await verify(await signToken(key, { ...idClaims(), aud: WEB_CLIENT }), "id");
  });
  test("without groups belongs to none", async () => {
    expect(await verify(await signToken(key, accessClaims()))).toMatchObject({ "cognito:groups": [] });
  });
});

describe("forged signatures and headers (threats 1 to 4)", () => {
  const pem = () => key.publicKey.export({ type: "spki", format: "pem" });
  const der = () => key.publicKey.export({ type: "spki", format: "der" });
  const pss = (data: Buffer) =>
    sign("sha256", data, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  const nothing = () => Buffer.from("");
  const noise = () => Buffer.alloc(256, 7);

  const forged: [string, () => string][] = [
    ["alg none, no signature", () => forgeToken(header({ alg: "none" }), accessClaims(), nothing)],
    ["alg NoNe, some signature", () => forgeToken(header({ alg: "NoNe" }), accessClaims(), noise)],
    ["RS256, empty signature", () => forgeToken(header(), accessClaims(), nothing)],
    ["RS256, noise for a signature", () => forgeToken(header(), accessClaims(), noise)],
    [
      "HS256 keyed with our public PEM",
      () => forgeToken(header({ alg: "HS256" }), accessClaims(), hmac(pem())),
    ],
    [
      "HS256 keyed with our public DER",
      () => forgeToken(header({ alg: "HS256" }), accessClaims(), hmac(der())),
    ],
    ["an HMAC that says RS256", () => forgeToken(header(), accessClaims(), hmac(pem()))],
    [
      "RS512 by our key",
      () => forgeToken(header({ alg: "RS512" }), accessClaims(), rsa(key.privateKey, "sha512")),
    ],
    ["SHA-512 that says RS256", () => forgeToken(header(), accessClaims(), rsa(key.privateKey, "sha512"))],
    ["PS256 by our key", () => forgeToken(header({ alg: "PS256" }), accessClaims(), pss)],
    ["PSS that says RS256", () => forgeToken(header(), accessClaims(), pss)],
    ["another key under our key id", () => forgeToken(header(), accessClaims(), rsa(stranger.privateKey))],
    [
      "another key, carried along as jwk",
      () => forgeToken(header({ jwk: stranger.jwk }), accessClaims(), rsa(stranger.privateKey)),
    ],
    [
      "our key, with a jku",
      () => forgeToken(header({ jku: server.url }), accessClaims(), rsa(key.privateKey)),
    ],
    ["our key, with an x5u", () => forgeToken(header({ x5u: "x" }), accessClaims(), rsa(key.privateKey))],
    ["our key, with crit", () => forgeToken(header({ crit: ["x"] }), accessClaims(), rsa(key.privateKey))],
    [
      "our key, with b64 false",
      () => forgeToken(header({ b64: false }), accessClaims(), rsa(key.privateKey)),
    ],
    ["no key id", () => forgeToken({ alg: "RS256" }, accessClaims(), rsa(key.privateKey))],
    ["kid __proto__", () => forgeToken(header({ kid: "__proto__" }), accessClaims(), rsa(key.privateKey))],
    [
      "kid constructor",
      () => forgeToken(header({ kid: "constructor" }), accessClaims(), rsa(key.privateKey)),
    ],
  ];
  test.each(forged)("%s", async (_, token) => {
    await expect(verify(token())).rejects.toMatchObject(invalid);
  });

  test.each(["../../dev/null", "' OR 1=1", "a\0b", "k".repeat(129)])(
    "the key id %j is refused without asking for keys",
    async (kid) => {
      const token = forgeToken(header({ kid }), accessClaims(), rsa(key.privateKey));
      await expect(verify(token)).rejects.toMatchObject(invalid);
      expect(server.fetches).toBe(0);
    },
  );

  test("a payload changed after signing", async () => {
    const [head, , signature] = (await signToken(key, accessClaims())).split(".");
    const payload = Buffer.from(JSON.stringify({ ...accessClaims(), username: "x" })).toString("base64url");
    await expect(verify(`${head}.${payload}.${signature}`)).rejects.toMatchObject(invalid);
  });

  test("the signature of another token of ours", async () => {
    const [head, payload] = (await signToken(key, accessClaims())).split(".");
    const [, , signature] = (await signToken(key, { ...accessClaims(), jti: "other" })).split(".");
    await expect(verify(`${head}.${payload}.${signature}`)).rejects.toMatchObject(invalid);
  });
});

describe("another issuer (threat 5)", () => {
  test.each([
    `${ISSUER}/`,
    `${ISSUER}x`,
    ISSUER.toUpperCase(),
    "http://127.0.0.1:9229/ap-northeast-1_Other0001",
    "https://evil.example",
    "",
    null,
    [ISSUER],
    undefined,
  ])("%j", async (iss) => {
    await expect(verify(await signToken(key, { ...accessClaims(), iss }))).rejects.toMatchObject(invalid);
  });
});

describe("another client (threat 6)", () => {
  test.each([
    "otherclient",
    "",
    `${CLIENT} `,
    CLIENT.toUpperCase(),
    [CLIENT],
    { id: CLIENT },
    null,
    undefined,
  ])("client_id %j", async (client_id) => {
    const token = await signToken(key, { ...accessClaims(), client_id });
    await expect(verify(token)).rejects.toMatchObject(invalid);
  });
  test.each(["otherclient", "", [CLIENT], [CLIENT, "otherclient"], null, undefined])(
    "aud %j of an ID token",
    async (aud) => {
      await expect(verify(await signToken(key, { ...idClaims(), aud }), "id")).rejects.toMatchObject(invalid);
    },
  );
  test("an access token that names us in aud only", async () => {
    const token = await signToken(key, { ...without(accessClaims(), "client_id"), aud: CLIENT });
    await expect(verify(token)).rejects.toMatchObject(invalid);
  });
  test("an access token with an aud, which Cognito never writes", async () => {
    await expect(verify(await signToken(key, { ...accessClaims(), aud: CLIENT }))).rejects.toMatchObject(
      invalid,
    );
  });
});

describe("the other kind of token (threat 7)", () => {
  test("an ID token where an access token is asked for is told so", async () => {
    await expect(verify(await signToken(key, idClaims()))).rejects.toMatchObject({
      code: "wrong_token_use",
      status: 401,
      detail: "Send the access token.",
    });
  });
  test("an access token where an ID token is asked for is told so", async () => {
    await expect(verify(await signToken(key, accessClaims()), "id")).rejects.toMatchObject({
      code: "wrong_token_use",
      detail: "Send the id token.",
    });
  });
  test.each(["refresh", "", "ACCESS", ["access"], null, undefined])("token_use %j", async (token_use) => {
    await expect(verify(await signToken(key, { ...accessClaims(), token_use }))).rejects.toMatchObject(
      invalid,
    );
  });
  test("an ID token with its use rewritten is still none", async () => {
    const claims = { ...idClaims(), token_use: "access" };
    await expect(verify(await signToken(key, claims))).rejects.toMatchObject(invalid);
  });
});

describe("times (threat 8)", () => {
  const signed = (claims: object) =>
    forgeToken(header(), { ...accessClaims(), ...claims }, rsa(key.privateKey));
  /** The number as JSON text, for what JSON.stringify would not write. */
  const raw = (name: string, text: string) =>
    forgeToken(
      header(),
      JSON.stringify({ ...accessClaims(), [name]: "?" }).replace('"?"', text),
      rsa(key.privateKey),
    );

  test("no exp", async () => {
    await expect(verify(signed({ exp: undefined }))).rejects.toMatchObject(invalid);
  });
  test("no iat", async () => {
    await expect(verify(signed({ iat: undefined }))).rejects.toMatchObject(invalid);
  });
  test.each(['"9999999999"', "1e400", "-1e400", "null", "true", "[9999999999]", "{}", "-1"])(
    "exp %s",
    async (text) => {
      await expect(verify(raw("exp", text))).rejects.toMatchObject(invalid);
    },
  );
  test.each(['"1"', "1e400", "null", "true", "[1]", "-1"])("iat %s", async (text) => {
    await expect(verify(raw("iat", text))).rejects.toMatchObject(invalid);
  });
  test("expired within the grace of 5 s passes, just beyond it does not", async () => {
    const exp = seconds() + 3600;
    const token = signed({ exp });
    await verify(token);
    standing = (exp + 4) * 1000;
    await verify(token);
    standing = (exp + 5) * 1000;
    await expect(verify(token)).rejects.toMatchObject({ ...invalid, detail: "The token has expired." });
  });
  test("expired by the real clock", async () => {
    await verify(signed({ exp: seconds() - 1 }));
    await expect(verify(signed({ exp: seconds() - 6 }))).rejects.toMatchObject(invalid);
  });
  test("issued up to a minute ahead passes, more does not", async () => {
    await verify(signed({ iat: seconds() + 55 }));
    await expect(verify(signed({ iat: seconds() + 65 }))).rejects.toMatchObject(invalid);
    await expect(verify(signed({ iat: seconds() + 86_400 }))).rejects.toMatchObject(invalid);
  });
  test("not valid before a minute from now", async () => {
    await expect(verify(signed({ nbf: seconds() + 60 }))).rejects.toMatchObject(invalid);
  });
});

describe("what is no token at all (threats 9 to 11)", () => {
  test.each(["", "x", "a.b", "a.b.c.d", "a.b.c.d.e", "null", "Bearer a.b.c", "a.b.c\n", "🗝.🗝.🗝"])(
    "%j",
    async (token) => {
      await expect(verify(token)).rejects.toMatchObject(invalid);
      expect(server.fetches).toBe(0);
    },
  );
  test("1 MB, well signed", async () => {
    const token = await signToken(key, { ...accessClaims(), padding: "x".repeat(2 ** 20) });
    await expect(verify(token)).rejects.toMatchObject(invalid);
    expect(server.fetches).toBe(0);
  });
  test("two tenants in one token, well signed", async () => {
    const payload = JSON.stringify(accessClaims()).replace(
      "{",
      '{"custom:tenant_id":"acme","custom:tenant_id":"globex",',
    );
    const token = forgeToken(header(), payload, rsa(key.privateKey));
    await expect(verify(token)).rejects.toMatchObject(invalid);
  });
  test("__proto__ in the claims, well signed", async () => {
    const payload = JSON.stringify(accessClaims()).replace(
      "{",
      '{"__proto__":{"custom:tenant_id":"globex"},',
    );
    await expect(verify(forgeToken(header(), payload, rsa(key.privateKey)))).rejects.toMatchObject(invalid);
  });
  test.each([
    ["sub", ""],
    ["sub", 7],
    ["sub", undefined],
    ["username", undefined],
    ["username", ["x"]],
    ["cognito:groups", "admin"],
    ["cognito:groups", [1]],
    ["origin_jti", {}],
  ])("the claim %s is %j", async (name, value) => {
    await expect(verify(await signToken(key, { ...accessClaims(), [name]: value }))).rejects.toMatchObject(
      invalid,
    );
  });
});

describe("keys that change (threat 13)", () => {
  test("a new key is picked up at first sight", async () => {
    await verify(await signToken(key, accessClaims()));
    server.keys = [key, nextKey];
    ahead = 6_000;
    await verify(await signToken(nextKey, accessClaims()));
    await verify(await signToken(key, accessClaims()));
    expect(server.fetches).toBe(2);
  });
  test("a retired key is refused at once when nobody called for 10 minutes", async () => {
    const token = await signToken(key, accessClaims());
    await verify(token);
    server.keys = [nextKey];
    ahead = 10 * MINUTE;
    await expect(verify(token)).rejects.toMatchObject(invalid);
  });
});

describe("a token that was seen before", () => {
  test("does not vouch for one that differs in its signature alone", async () => {
    const token = await signToken(key, accessClaims());
    await verify(token);
    const changed = token.slice(0, -2) + (token.endsWith("AA") ? "BB" : "AA");
    await expect(verify(changed)).rejects.toMatchObject(invalid);
  });
  test("is refused for the other use, and taken for its own afterwards", async () => {
    const token = await signToken(key, accessClaims());
    await verify(token);
    await expect(verify(token, "id")).rejects.toMatchObject({ code: "wrong_token_use" });
    await verify(token);
  });
  test("is one of a bounded number, and its claims are nobody's to change", async () => {
    const token = await signToken(key, { ...accessClaims(), "cognito:groups": ["member"] });
    const claims = (await verify(token)) as { "cognito:groups": string[] };
    expect(() => claims["cognito:groups"].push("admin")).toThrow(TypeError);
    expect(await verify(token)).toMatchObject({ "cognito:groups": ["member"] });
  });
});

describe("many at once, and no keys to be had (threat 14)", () => {
  test("200 cold verifications ask once", async () => {
    const token = await signToken(key, accessClaims());
    await Promise.all(Array.from({ length: 200 }, () => verify(token)));
    expect(server.fetches).toBe(1);
  });
  test("200 unknown key ids ask once more, and each is refused", async () => {
    standing = Date.now();
    await verify(await signToken(key, accessClaims()));
    ahead = 6_000;
    const tokens = Array.from({ length: 200 }, () =>
      forgeToken(header({ kid: randomUUID() }), accessClaims(), rsa(stranger.privateKey)),
    );
    await Promise.all(tokens.map((token) => expect(verify(token)).rejects.toMatchObject(invalid)));
    for (const token of tokens) await expect(verify(token)).rejects.toMatchObject(invalid);
    expect(server.fetches).toBe(2);
  });

  test.each<Mood>(["failing", "cut off", "nonsense"])(
    "keys that were never to be had (%s) are nobody's bad token, and asked for once in 5 s",
    async (mood) => {
      standing = Date.now();
      server.mood = mood;
      const token = await signToken(key, accessClaims());
      await Promise.all(
        Array.from({ length: 20 }, () => expect(verify(token)).rejects.toMatchObject(unavailable)),
      );
      await expect(verify(token)).rejects.toMatchObject(unavailable);
      expect(server.fetches).toBe(1);
      server.mood = "well";
      ahead = 6_000;
      await verify(token);
    },
  );
  test("an endpoint that is not there", async () => {
    const dead = await startKeyServer();
    await dead.close();
    const token = await signToken(key, accessClaims());
    await expect(coldVerifier(dead.url)(token)).rejects.toMatchObject(unavailable);
  });
  test("a key not seen yet, in an outage, is unavailable and not refused", async () => {
    await verify(await signToken(key, accessClaims()));
    server.mood = "failing";
    server.keys = [key, nextKey];
    ahead = MINUTE;
    await expect(verify(await signToken(nextKey, accessClaims()))).rejects.toMatchObject(unavailable);
    await verify(await signToken(key, accessClaims()));
  });
});
