import { constants, randomUUID, sign } from "node:crypto";
import { join } from "node:path";
import { Api } from "../support/api";
import {
  accessClaims,
  type Forge,
  headerOf,
  hmacToken,
  idClaims,
  publicPem,
  seconds,
  token,
  tokenOf,
} from "../support/forged-token";
import { type Claims, newKey, rs256, sealToken, startIssuer } from "../support/issuer";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";

/** Two applications that trust an issuer of ours: one asks for access tokens, one for ID tokens. */
type Attacks = Forge & { access: Api; id: Api };

let attacks: Attacks;
test.beforeAll(async ({ ground }) => {
  const [key, evil] = await Promise.all([newKey(), newKey()]);
  const issuer = await startIssuer(key);
  const [access, id] = await Promise.all(
    (["access", "id"] as const).map((use) =>
      ground.startApplication({
        ...issuer.environment,
        COGNITO_PREFERRED_TOKEN_USE: use,
        DATA_DIR: join(ground.dataDir, `${use}-tokens`),
      }),
    ),
  );
  const clientId = ground.pool.COGNITO_APP_CLIENT_ID;
  attacks = { issuer, key, evil, clientId, access: new Api(access?.url ?? ""), id: new Api(id?.url ?? "") };
});
test.afterAll(() => attacks.issuer.close());

type Attack = (attacks: Attacks) => string;

/** What is refused as not valid, by the row of the threats that it tries. */
const INVALID: Record<string, Record<string, Attack>> = {
  "an algorithm that signs nothing": Object.fromEntries(
    ["none", "NoNe", "NONE", "nOnE", ""].flatMap((alg): [string, Attack][] => [
      [
        `alg ${alg}, empty signature`,
        (a) => sealToken(headerOf(a, { alg }), accessClaims(a), () => Buffer.alloc(0)),
      ],
      [`alg ${alg}, some signature`, (a) => sealToken(headerOf(a, { alg }), accessClaims(a), rs256(a.key))],
    ]),
  ),
  "an algorithm other than RS256": {
    "HS256 keyed with the public key as PEM": (a) => hmacToken(a, publicPem(a)),
    "HS256 keyed with the public key as PEM, without the last line feed": (a) =>
      hmacToken(a, publicPem(a).trimEnd()),
    "HS256 keyed with the modulus": (a) => hmacToken(a, Buffer.from(a.key.jwk.n ?? "", "base64url")),
    "HS256 keyed with nothing": (a) => hmacToken(a, ""),
    RS512: (a) =>
      sealToken(headerOf(a, { alg: "RS512" }), accessClaims(a), (input) =>
        sign("sha512", Buffer.from(input), a.key.key),
      ),
    PS256: (a) =>
      sealToken(headerOf(a, { alg: "PS256" }), accessClaims(a), (input) =>
        sign("sha256", Buffer.from(input), {
          key: a.key.key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: 32,
        }),
      ),
    "a list of algorithms": (a) => token(a, {}, { alg: ["RS256", "none"] }),
    "no algorithm": (a) => sealToken({ kid: a.key.kid }, accessClaims(a), rs256(a.key)),
  },
  "a key id that points elsewhere": Object.fromEntries(
    [
      "__proto__",
      "constructor",
      "../../dev/null",
      "/dev/null",
      "' OR 1=1--",
      "",
      "x".repeat(129),
      "a\u0000b",
      "http://evil.example/jwks",
      randomUUID(),
      0,
      null,
      ["kid"],
      { kid: 1 },
    ].map((kid): [string, Attack] => [
      JSON.stringify(kid).slice(0, 40),
      (a) => sealToken(headerOf(a, { kid }), accessClaims(a), rs256(a.key)),
    ]),
  ),
  "no key id": { missing: (a) => sealToken({ alg: "RS256" }, accessClaims(a), rs256(a.key)) },
  "a header that brings or names its own key, or asks for the unknown": {
    "jwk, signed with it": (a) => sealToken(headerOf(a, { jwk: a.evil.jwk }), accessClaims(a), rs256(a.evil)),
    "jwk, well signed": (a) => token(a, {}, { jwk: a.evil.jwk }),
    "jku, well signed": (a) => token(a, {}, { jku: `${a.issuer.url}/.well-known/jwks.json` }),
    "x5u, well signed": (a) => token(a, {}, { x5u: "http://127.0.0.1/cert" }),
    "x5c, well signed": (a) => token(a, {}, { x5c: ["MII="] }),
    "an unknown crit": (a) => token(a, {}, { crit: ["x"], x: 1 }),
    "an empty crit": (a) => token(a, {}, { crit: [] }),
    "an unencoded payload": (a) => token(a, {}, { b64: false, crit: ["b64"] }),
    "another typ": (a) => token(a, {}, { typ: "dpop+jwt" }),
    "a key that was never published": (a) => sealToken(headerOf(a), accessClaims(a), rs256(a.evil)),
    "an encrypted token's header": (a) => token(a, {}, { alg: "RSA-OAEP", enc: "A256GCM" }),
  },
  "another issuer": Object.fromEntries(
    (
      [
        ["with a slash", (url) => `${url}/`],
        ["longer", (url) => `${url}x`],
        ["shorter", (url) => url.slice(0, -1)],
        ["another pool", (url) => url.replace("_attacks", "_another")],
        ["another scheme", (url) => url.replace("http:", "https:")],
        ["upper case", (url) => url.toUpperCase()],
        ["a list", (url) => [url]],
        ["empty", () => ""],
        ["none", () => undefined],
      ] as [string, (url: string) => unknown][]
    ).map(([name, iss]): [string, Attack] => [name, (a) => token(a, { iss: iss(a.issuer.url) })]),
  ),
  "another client": {
    "of the same pool": (a) => token(a, { client_id: "anotherclientofthispool" }),
    "a list with ours": (a) => token(a, { client_id: [a.clientId] }),
    "in aud only": (a) => token(a, { client_id: undefined, aud: a.clientId }),
    "in aud beside client_id": (a) => token(a, { aud: a.clientId }),
    empty: (a) => token(a, { client_id: "" }),
    "in upper case": (a) => token(a, { client_id: a.clientId.toUpperCase() }),
    "with a space": (a) => token(a, { client_id: ` ${a.clientId}` }),
    prototype: (a) => token(a, { client_id: "__proto__" }),
  },
  "a time that is missing, no number, past or too far ahead": {
    "no exp": (a) => token(a, { exp: undefined }),
    "exp as text": (a) => token(a, { exp: String(seconds() + 3600) }),
    "exp 9 as text": (a) => token(a, { exp: "9" }),
    "exp null": (a) => token(a, { exp: null }),
    "exp true": (a) => token(a, { exp: true }),
    "exp a list": (a) => token(a, { exp: [seconds() + 3600] }),
    "exp without end": (a) => tokenOf(a, (json) => json.replace(/"exp":\d+/, '"exp":1e400')),
    "exp negative": (a) => token(a, { exp: -1 }),
    "exp 0": (a) => token(a, { exp: 0 }),
    "expired beyond the grace of 5 s": (a) => token(a, { exp: seconds() - 6 }),
    "expired long ago": (a) => token(a, { exp: seconds() - 86_400, iat: seconds() - 90_000 }),
    "no iat": (a) => token(a, { iat: undefined }),
    "iat as text": (a) => token(a, { iat: String(seconds()) }),
    "iat tomorrow": (a) => token(a, { iat: seconds() + 86_400, exp: seconds() + 90_000 }),
    "iat beyond the grace of 60 s": (a) => token(a, { iat: seconds() + 65 }),
    "not valid for a minute yet": (a) => token(a, { nbf: seconds() + 60 }),
    "nbf as text": (a) => token(a, { nbf: "0" }),
  },
  "something that is no token": {
    "2 parts": (a) => token(a).split(".").slice(0, 2).join("."),
    "4 parts": (a) => `${token(a)}.x`,
    "5 parts": (a) => `${token(a)}.x.x`,
    "an empty header": (a) => token(a).replace(/^[^.]+/, ""),
    "an empty payload": (a) => token(a).replace(/\.[^.]+\./, ".."),
    "an empty signature": (a) => token(a).replace(/[^.]+$/, ""),
    "a space in front of the signature": (a) => token(a).replace(/\.([^.]+)$/, ". $1"),
    padding: (a) => `${token(a)}=`,
    "the standard alphabet": (a) => token(a).replace(/-/g, "+").replace(/_/g, "/").replace(/.$/, "+"),
    "a header that is no JSON": (a) => sealToken("{", accessClaims(a), rs256(a.key)),
    "a payload that is no JSON": (a) => sealToken(headerOf(a), "x", rs256(a.key)),
    "a payload that is a list": (a) => sealToken(headerOf(a), "[]", rs256(a.key)),
    "a payload that is null": (a) => sealToken(headerOf(a), "null", rs256(a.key)),
    "an empty payload object": (a) => sealToken(headerOf(a), "{}", rs256(a.key)),
    "a changed payload": (a) =>
      token(a).replace(/\.([^.]+)\./, (_, payload: string) => `.${evolve(payload)}.`),
    "a changed header": (a) =>
      token(a).replace(/^[^.]+/, () =>
        Buffer.from(JSON.stringify(headerOf(a, { typ: "JWT" }))).toString("base64url"),
      ),
    "a changed signature": (a) =>
      token(a).replace(/\.([^.]+)$/, (_, signature: string) => `.${evolveBytes(signature)}`),
    "one word": () => "x",
    "only dots": () => "..",
    "sub missing": (a) => token(a, { sub: undefined }),
    "sub empty": (a) => token(a, { sub: "" }),
    "groups that are no list": (a) => token(a, { "cognito:groups": "admin" }),
  },
  "a token beyond 8 KB": {
    "well signed": (a) => token(a, { padding: "x".repeat(8 * 1024) }),
    "deep JSON": (a) =>
      tokenOf(a, (json) => json.replace(/}$/, `,"deep":${"[".repeat(3_000)}${"]".repeat(3_000)}}`)),
  },
  "a claim that is said twice": {
    "tenant acme, then globex": (a) =>
      tokenOf(a, (json) => json.replace(/}$/, ',"custom:tenant_id":"globex"}')),
    "tenant globex, then acme": (a) =>
      tokenOf(a, (json) => json.replace(/^{/, '{"custom:tenant_id":"globex",')),
    "tenant twice the same": (a) => tokenOf(a, (json) => json.replace(/}$/, ',"custom:tenant_id":"acme"}')),
    "tenant, once written with an escape": (a) =>
      tokenOf(a, (json) => json.replace(/}$/, ',"custom:tenant\\u005fid":"globex"}')),
    "sub twice": (a) => tokenOf(a, (json) => json.replace(/}$/, ',"sub":"someone-else"}')),
    "exp twice": (a) => tokenOf(a, (json) => json.replace(/^{/, '{"exp":9999999999,')),
    "__proto__ with a tenant": (a) =>
      tokenOf(a, (json) => json.replace(/}$/, ',"__proto__":{"cognito:groups":["admin"]}}')),
    "alg twice in the header": (a) =>
      sealToken(
        `{"kid":${JSON.stringify(a.key.kid)},"alg":"none","alg":"RS256"}`,
        accessClaims(a),
        rs256(a.key),
      ),
  },
};

test("tokens that are right are let in, so that what follows is refused for its own fault", async () => {
  const { access, id } = attacks;
  // Each is made when it is sent: the first one waits for the application to fetch the keys.
  const right: (() => Claims)[] = [
    () => ({}),
    () => ({ exp: seconds() - 1 }),
    () => ({ iat: seconds() + 30 }),
    () => ({ nbf: seconds() }),
    () => ({ "cognito:groups": ["viewer"] }),
    () => ({ email: "m@x.example" }),
  ];
  for (const claimsOf of right) {
    const claims = claimsOf();
    const answer = await access.bearer(token(attacks, claims)).get("/api/user/tenant");
    expect(answer.body, JSON.stringify(claims)).toMatchObject({ tenant_id: "acme", token_use: "access" });
  }
  expect((await access.bearer(token(attacks, {}, { typ: "JWT" })).get("/api/user/tenant")).status).toBe(200);
  const idToken = sealToken(headerOf(attacks), idClaims(attacks), rs256(attacks.key));
  expect((await id.bearer(idToken).get("/api/user/tenant")).body).toMatchObject({ token_use: "id" });
});

for (const [row, table] of Object.entries(INVALID)) {
  test(`${row} is refused`, async () => {
    for (const [name, forge] of Object.entries(table)) {
      const answer = await attacks.access.bearer(forge(attacks)).get("/api/user/tenant");
      expect(answer.status, `${name}: ${answer.text.slice(0, 200)}`).toBe(401);
      expectProblem(answer, 401, "invalid_token");
    }
  });
}

test("an ID token is refused where an access token is asked, and the other way round, saying which", async () => {
  const { access, id, key, clientId } = attacks;
  const idToken = sealToken(headerOf(attacks), idClaims(attacks), rs256(key));
  const refused = expectProblem(await access.bearer(idToken).get("/api/user/tenant"), 401, "wrong_token_use");
  expect(refused.detail).toContain("access token");
  const swapped = expectProblem(
    await id.bearer(token(attacks)).get("/api/user/tenant"),
    401,
    "wrong_token_use",
  );
  expect(swapped.detail).toContain("id token");

  for (const tokenUse of [undefined, "", "refresh", "ACCESS", ["access"]]) {
    expectProblem(
      await access.bearer(token(attacks, { token_use: tokenUse })).get("/api/user/tenant"),
      401,
      "invalid_token",
    );
  }
  const otherAudience = sealToken(headerOf(attacks), idClaims(attacks, { aud: [clientId] }), rs256(key));
  expectProblem(await id.bearer(otherAudience).get("/api/user/tenant"), 401, "invalid_token");
});

test("a token of 1 MB is refused before it is read", async () => {
  const huge = token(attacks, { padding: "x".repeat(1024 * 1024) });
  // Node itself answers 431 to more than 16 KB of headers.
  expect((await attacks.access.bearer(huge).get("/api/user/tenant")).status).toBe(431);
  expect((await attacks.access.bearer(token(attacks)).get("/api/user/tenant")).status).toBe(200);
});

test("whatever is forged, no key is fetched from where a token says", async () => {
  const elsewhere = await startIssuer(attacks.evil);
  const headers = [
    { jku: elsewhere.environment.COGNITO_JWKS_URL },
    { x5u: elsewhere.environment.COGNITO_JWKS_URL },
    { kid: elsewhere.environment.COGNITO_JWKS_URL },
  ];
  for (const more of headers) {
    const forged = sealToken(
      headerOf(attacks, more),
      accessClaims(attacks, { iss: elsewhere.url }),
      rs256(attacks.evil),
    );
    expectProblem(await attacks.access.bearer(forged).get("/api/user/tenant"), 401, "invalid_token");
  }
  expect(elsewhere.fetches()).toBe(0);
  await elsewhere.close();
});

test("after signing out a token stays refused however its last character is written", async () => {
  const { access } = attacks;
  const signedOut = token(attacks);
  const siblings = sameSignature(signedOut);
  expect(siblings.length).toBeGreaterThan(1);
  expect((await access.bearer(signedOut).post("/api/user/logout")).status).toBe(200);
  for (const each of siblings) {
    expectProblem(await access.bearer(each).get("/api/user/tenant"), 401, "invalid_token");
  }
});

/** Every way to write the last base64url character that decodes to the very same signature (RFC 4648 section 3.5). */
function sameSignature(original: string): string[] {
  const bytes = Buffer.from(original.split(".")[2] ?? "", "base64url");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return [...alphabet]
    .map((last) => original.slice(0, -1) + last)
    .filter((each) => Buffer.from(each.split(".")[2] ?? "", "base64url").equals(bytes));
}

/** A payload in which somebody made themselves an administrator. */
function evolve(payload: string): string {
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return Buffer.from(JSON.stringify({ ...claims, "cognito:groups": ["admin"] })).toString("base64url");
}

function evolveBytes(signature: string): string {
  const bytes = Buffer.from(signature, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString("base64url");
}
