import { createHash, randomBytes, randomInt } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { databaseTls } from "./database-address";
import { databaseSettings, EnvError, parseEnv } from "./env";
import { isPublishedSecret } from "./published-secret";
import { isWeakSecret } from "./weak-secret";

const SECRET = randomBytes(33).toString("hex");
const GOOD = {
  COGNITO_USER_POOL_ID: "ap-northeast-1_Abc123XYZ",
  COGNITO_APP_CLIENT_ID: "1example23456789",
  NEXTAUTH_URL: "https://sekisho.example",
  NEXTAUTH_SECRET: SECRET,
  TRUSTED_PROXY_HOPS: "0",
};

function faultsOf(source: Record<string, string | undefined>): string[] {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
}

test("demo data goes into nobody's database, and to no users but those of a local Cognito", () => {
  const local = { COGNITO_ENDPOINT: "http://127.0.0.1:9229" };
  expect(faultsOf({ ...GOOD, ...local, DEMO_DATA: "1" })).toEqual([]);
  expect(faultsOf({ ...GOOD, DEMO_DATA: "1" })).toEqual([
    "DEMO_DATA: is for the local Cognito alone: COGNITO_ENDPOINT must be a loopback host",
  ]);
  const withDatabase = { ...local, DEMO_DATA: "1", DATABASE_URL: "postgres://app:secret@localhost/sekisho" };
  expect(faultsOf({ ...GOOD, ...withDatabase })).toEqual(["DEMO_DATA: must not be with DATABASE_URL"]);
});

test("five settings are enough; the rest has defaults", () => {
  expect(parseEnv(GOOD)).toEqual({
    ...GOOD,
    TRUSTED_PROXY_HOPS: 0,
    NODE_ENV: "development",
    AWS_REGION: "ap-northeast-1",
    COGNITO_PREFERRED_TOKEN_USE: "access",
    COGNITO_TENANT_CLAIM: "custom:tenant_id",
    COGNITO_ISSUER: "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ",
    COGNITO_JWKS_URL:
      "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ/.well-known/jwks.json",
    COGNITO_REFRESH_ROTATION: false,
    COGNITO_REFRESH_TOKEN_DAYS: 3_650,
    COGNITO_NO_GROUP_ROLE: "viewer",
    TENANT_MODE: "header",
    TENANT_HEADER: "X-Tenant-Id",
    MULTI_TENANT_ENABLED: true,
    TENANT_STRICT: true,
    CORS_ALLOWED_ORIGINS: [],
    DNS_SERVERS: [],
    SESSION_MINUTES: 720,
    SESSION_IDLE_MINUTES: 120,
    SIGN_IN_TRIES_PER_ACCOUNT: 10,
    SIGN_IN_TRIES_PER_ADDRESS: 50,
    DATABASE_POOLER: "session",
    DATABASE_AUTH: "password",
    DATABASE_POOL_SIZE: 10,
    DATABASE_CONNECT_SECONDS: 5,
    DATABASE_QUERY_SECONDS: 5,
    DATABASE_APPLICATION_NAME: "sekisho",
    DATA_DIR: ".data",
    DEMO_DATA: false,
    PORT: 3000,
    LOG_LEVEL: "info",
    OTEL_BSP_SCHEDULE_DELAY: 5_000,
    OTEL_EXPORTER_PROMETHEUS_HOST: "localhost",
    OTEL_EXPORTER_PROMETHEUS_PORT: 9_464,
    OTEL_METRIC_EXPORT_INTERVAL: 60_000,
    OTEL_SDK_DISABLED: "false",
    OTEL_SERVICE_NAME: "sekisho",
    OTEL_TRACES_SAMPLER: "parentbased_always_on",
    OTEL_TRACES_SAMPLER_ARG: 1,
    HOUSEKEEPING_MINUTES: 10,
    RETENTION_DAYS: {},
    STOP_SECONDS: 20,
    STOP_ACCEPT_SECONDS: 0,
    COGNITO_LOCAL_PORT: 9229,
  });
});

test("accepting connections to the end would leave no time to answer them", () => {
  expect(faultsOf({ ...GOOD, STOP_SECONDS: "10", STOP_ACCEPT_SECONDS: "9" })).toEqual([]);
  expect(faultsOf({ ...GOOD, STOP_SECONDS: "10", STOP_ACCEPT_SECONDS: "10" })).toEqual([
    "STOP_ACCEPT_SECONDS: must leave some of STOP_SECONDS to answer what is under way",
  ]);
});

test("an empty variable counts as absent", () => {
  const empty = Object.fromEntries(
    ["COGNITO_APP_CLIENT_SECRET", "COGNITO_ENDPOINT", "DATABASE_URL", "PORT", "TENANT_MODE"].map((name) => [
      name,
      "",
    ]),
  );
  expect(parseEnv({ ...GOOD, ...empty })).toEqual(parseEnv(GOOD));
  expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: "" })).toEqual(["NEXTAUTH_SECRET is missing"]);
});

test("what is missing is said all at once", () => {
  expect(faultsOf({})).toEqual([
    "COGNITO_USER_POOL_ID is missing",
    "COGNITO_APP_CLIENT_ID is missing",
    "NEXTAUTH_URL is missing",
    "NEXTAUTH_SECRET is missing",
  ]);
});

const BAD = {
  NODE_ENV: "staging",
  COGNITO_USER_POOL_ID: "no-pool",
  COGNITO_APP_CLIENT_ID: "not a client",
  COGNITO_WEB_CLIENT_ID: "neither/this",
  COGNITO_PREFERRED_TOKEN_USE: "refresh",
  COGNITO_ENDPOINT: "https://cognito.evil.example",
  COGNITO_ISSUER: "https://issuer.evil.example/pool",
  COGNITO_JWKS_URL: "https://keys.evil.example/jwks.json",
  TENANT_MODE: "cookie",
  TENANT_HEADER: "X Tenant",
  TENANT_MAIN_DOMAIN: "Example.com/",
  TENANT_STRICT: "yes",
  MULTI_TENANT_ENABLED: "true",
  CORS_ALLOWED_ORIGINS: "https://app.evil.example, *",
  NEXTAUTH_URL: "http://sekisho.example",
  NEXTAUTH_SECRET: "canary-too-short",
  NEXTAUTH_SECRET_PREVIOUS: "canary-short-as-well",
  DATABASE_URL: "mysql://root:canary-password@db/sekisho",
  PORT: "70000",
  COGNITO_LOCAL_PORT: "many",
};

test("every fault is named at once", () => {
  const named = faultsOf(BAD).map((fault) => fault.split(/[: ]/)[0]);
  expect([...new Set(named)].sort()).toEqual(Object.keys(BAD).sort());
});

describe("each fault is named on its own too", () => {
  test.each(Object.entries(BAD))("%s", (name, value) => {
    const faults = faultsOf({ ...GOOD, [name]: value });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault.split(/[: ]/)[0]).toBe(name);
  });
});

test("the message has a line for each fault and shows no value", () => {
  const error = new EnvError(faultsOf(BAD));
  expect(error.message.split("\n").length).toBe(error.faults.length + 1);
  const values = [...Object.values(BAD), "canary", "evil.example", "mysql"];
  for (const value of values.filter((each) => each !== "many")) expect(error.message).not.toContain(value);
});

describe("subdomain mode", () => {
  const SUBDOMAIN = { ...GOOD, TENANT_MODE: "subdomain" };
  test("needs the main domain, which is where people sign in", () => {
    expect(faultsOf(SUBDOMAIN)).toEqual(["TENANT_MAIN_DOMAIN is missing"]);
    expect(faultsOf({ ...SUBDOMAIN, TENANT_MAIN_DOMAIN: "sekisho.example" })).toEqual([]);
    for (const other of ["example", "www.sekisho.example", "evilsekisho.example"]) {
      expect(faultsOf({ ...SUBDOMAIN, TENANT_MAIN_DOMAIN: other })).toEqual([
        "TENANT_MAIN_DOMAIN: must be the host of NEXTAUTH_URL: people sign in there",
      ]);
    }
  });
});

describe("the origins for CORS", () => {
  test("are listed exactly, separated by commas", () => {
    const listed = "https://app.example.com, http://localhost:5173,";
    expect(parseEnv({ ...GOOD, CORS_ALLOWED_ORIGINS: listed }).CORS_ALLOWED_ORIGINS).toEqual([
      "https://app.example.com",
      "http://localhost:5173",
    ]);
  });
  test.each([
    "*",
    "null",
    "https://*.example.com",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/a",
    "https://APP.example.com",
    "https://app.example.com:443",
    "https://user@app.example.com",
    "http://app.example.com",
  ])("cannot be %s", (listed) => {
    expect(faultsOf({ ...GOOD, CORS_ALLOWED_ORIGINS: listed })).toHaveLength(1);
  });
});

describe("a secret", () => {
  test("of 32 bytes or more of chance is accepted, by bytes and not characters", () => {
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: randomBytes(16).toString("hex") })).toEqual([]);
    const kanji = Array.from({ length: 24 }, () => String.fromCharCode(0x4e00 + randomInt(0x5000)));
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: kanji.join("") })).toEqual([]);
  });
  test("shorter than 32 bytes is refused", () => {
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: SECRET.slice(0, 31) })).toEqual([
      "NEXTAUTH_SECRET: must have at least 32 bytes: openssl rand -base64 33",
    ]);
  });
  test.each([
    "changeme-changeme-changeme-changeme",
    "please-change-me-please-change-me-0123456789",
    "replace-this-with-openssl-rand-base64-33",
    "your-nextauth-secret-your-nextauth-secret",
    "this is an example secret, do not use it",
    "secret-secret-secret-secret-secret-x1y2z3",
    "correct horse battery staple password 12",
    "a".repeat(40),
    "abcd".repeat(10),
    "0123456".repeat(6),
    "0123456789abcdef0123456789abcdef",
    "fedcba9876543210fedcba9876543210",
    "00112233445566778899aabbccddeeff",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    "1234567891011121314151617181920212",
    "31415926535897932384626433832795",
    "qwertyuiopasdfghjklzxcvbnm123456",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9",
    "asdfghjkl;asdfghjkl;asdfghjkl;12",
    "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
    "zzyyxxwwvvuuttssrrqqppoonnmmllkk",
    "deadbeefdeadbeefcafebabecafebabe",
    "mountain-pass-mountain-pass-mountain-x",
    "acme-production-2026-acme-production",
    "the gate at the mountain pass is open",
    "ThisIsAVeryLongStringThatNobodyCanGuess!",
    "Tr0ub4dor&3Tr0ub4dor&3Tr0ub4dor&3",
    "2024-01-01-2024-01-02-2024-01-03",
    "関所の門を開く鍵は十一文字以上",
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    Buffer.from("a secret that nobody will ever find out").toString("base64"),
    Buffer.from("open sesame, open sesame, open sesame").toString("hex"),
    Buffer.from(Buffer.from("keep out of here, all of you, please").toString("base64")).toString("base64"),
    Buffer.alloc(32).toString("base64"),
    "00000000-0000-0000-0000-000000000000",
  ])("that can be guessed is refused: %s", (sample) => {
    const message = "can be guessed: openssl rand -base64 33";
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: sample })).toEqual([`NEXTAUTH_SECRET: ${message}`]);
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET_PREVIOUS: sample })).toEqual([
      `NEXTAUTH_SECRET_PREVIOUS: ${message}`,
    ]);
  });
  test("of chance is taken for what it is, in every form that people make one in", () => {
    const forms = [
      () => randomBytes(33).toString("base64"),
      () => randomBytes(32).toString("base64url"),
      () => randomBytes(32).toString("hex"),
      () => randomBytes(64).toString("hex"),
    ];
    // One in twenty thousand has a pattern in it all the same.
    const refused = forms.flatMap((make) => Array.from({ length: 250 }, make).filter(isWeakSecret));
    expect(refused.length).toBeLessThanOrEqual(2);
  });
  test("cannot be both the one of now and the other", () => {
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET_PREVIOUS: SECRET })).toEqual([
      "NEXTAUTH_SECRET_PREVIOUS: must be another than NEXTAUTH_SECRET",
    ]);
  });
  test.each([
    "INp8IvdIyeMcoGAgFGoA61DdBglwwSqnXJZkgz8PSnw",
    "LlKq6ZtYbr+hTC073mAmAh9/h2HwMfsFo4hrfCx5mLg=",
    createHash("md5").update("password").digest("hex"),
    createHash("sha256").update("secret").digest("hex"),
    createHash("sha256").update("changeme\n").digest("hex").toUpperCase(),
    createHash("sha512").update("test").digest("base64"),
  ])("that looks like chance and was printed somewhere is known: %s", (secret) => {
    expect(isPublishedSecret(secret)).toBe(true);
    expect(isPublishedSecret(SECRET)).toBe(false);
  });
});

describe("the number of proxies", () => {
  const { TRUSTED_PROXY_HOPS: _, ...UNSTATED } = GOOD;
  test("must be stated behind https, and may be none", () => {
    expect(faultsOf(UNSTATED)).toEqual([
      "TRUSTED_PROXY_HOPS is missing: say how many proxies of yours write X-Forwarded-For, 0 if none does",
    ]);
    for (const hops of ["0", "1", "3"])
      expect(faultsOf({ ...UNSTATED, TRUSTED_PROXY_HOPS: hops })).toEqual([]);
    for (const hops of ["-1", "11", "1.5", "many"]) {
      expect(faultsOf({ ...UNSTATED, TRUSTED_PROXY_HOPS: hops })).toHaveLength(1);
    }
  });
  test("need not be on a laptop", () => {
    expect(faultsOf({ ...UNSTATED, NEXTAUTH_URL: "http://localhost:3000" })).toEqual([]);
  });
});

describe("what a tenant is named by", () => {
  test.each(["X-Tenant-Id", "X-Org", "Tenant", "My-Tenant"])("may be the header %s", (header) => {
    expect(faultsOf({ ...GOOD, TENANT_HEADER: header })).toEqual([]);
  });
  test.each(
    (
      "Cookie Host Authorization Content-Type Origin Referer X-Forwarded-Host X-Forwarded-For Forwarded Accept " +
      "Accept-Language If-Match Sec-Fetch-Site Proxy-Authorization Idempotency-Key Last-Event-ID x-middleware-subrequest " +
      "Next-Router-State-Tree RSC next-action User-Agent X-Real-IP Connection Transfer-Encoding Content-Length Range " +
      "X-HTTP-Method-Override traceparent X-Request-Id Access-Control-Request-Method CF-Connecting-IP X-Amzn-Trace-Id Via"
    ).split(" "),
  )("may not be %s, which means something else", (header) => {
    for (const name of [header, header.toLowerCase(), header.toUpperCase()]) {
      expect(faultsOf({ ...GOOD, TENANT_HEADER: name })).toEqual([
        "TENANT_HEADER: names a header that means something else",
      ]);
    }
  });
  test.each([
    "custom:tenant_id",
    "custom:org",
    "dev:custom:tenant",
    "tenant_id",
    "https://sekisho.example/tenant",
  ])("may be the claim %s", (claim) =>
    expect(faultsOf({ ...GOOD, COGNITO_TENANT_CLAIM: claim })).toEqual([]),
  );
  test.each(
    (
      "email email_verified name given_name family_name middle_name nickname preferred_username profile picture website " +
      "gender birthdate zoneinfo locale phone_number address updated_at sub iss aud exp iat jti username client_id " +
      "token_use scope origin_jti auth_time cognito:username cognito:groups identities Email"
    ).split(" "),
  )("may not be %s, which says something else or which users may write", (claim) => {
    expect(faultsOf({ ...GOOD, COGNITO_TENANT_CLAIM: claim })).toEqual([
      "COGNITO_TENANT_CLAIM: has another meaning, and users may be able to write it",
    ]);
  });
});

test.each([
  ["us-east-1", "ap-northeast-1_Abc123XYZ"],
  ["ap-northeast-1", "us-east-1_Abc123XYZ"],
  ["ap-northeast-1", "ap-northeast-2_Abc123XYZ"],
  ["ap-northeast-1", "ap-northeast-11_Abc123XYZ"],
  ["cn-north-1", "cn-northwest-1_Abc123XYZ"],
])("with AWS_REGION=%s the pool %s is in another region", (region, pool) => {
  expect(faultsOf({ ...GOOD, AWS_REGION: region, COGNITO_USER_POOL_ID: pool })).toEqual([
    "COGNITO_USER_POOL_ID: is in another region than AWS_REGION",
  ]);
});

describe("AWS's own addresses are no override", () => {
  const at = (region: string) => ({
    ...GOOD,
    AWS_REGION: region,
    COGNITO_USER_POOL_ID: `${region}_Abc123XYZ`,
  });
  test.each([
    ["ap-northeast-1", "amazonaws.com", "api.aws"],
    ["us-gov-west-1", "amazonaws.com", "api.aws"],
    ["cn-north-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
    ["cn-northwest-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
  ])("in %s", (region, domain, dualStack) => {
    const issuer = `https://cognito-idp.${region}.${domain}/${region}_Abc123XYZ`;
    const keys = `${issuer}/.well-known/jwks.json`;
    expect(parseEnv(at(region))).toMatchObject({ COGNITO_ISSUER: issuer, COGNITO_JWKS_URL: keys });
    const stated = { ...at(region), COGNITO_ISSUER: `${issuer}/`, COGNITO_JWKS_URL: keys };
    expect(parseEnv(stated)).toEqual(parseEnv(at(region)));
    for (const service of ["cognito-idp", "cognito-idp-fips"]) {
      for (const host of [`${service}.${region}.${domain}`, `${service}.${region}.${dualStack}`]) {
        expect(faultsOf({ ...at(region), COGNITO_ENDPOINT: `https://${host}` })).toEqual([]);
        const COGNITO_JWKS_URL = `https://${host}/${region}_Abc123XYZ/.well-known/jwks.json`;
        expect(faultsOf({ ...at(region), COGNITO_JWKS_URL })).toEqual([]);
      }
    }
  });
  test.each([
    ["COGNITO_ISSUER", "https://cognito-idp.us-east-1.amazonaws.com/ap-northeast-1_Abc123XYZ"],
    ["COGNITO_ISSUER", "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Other0000"],
    ["COGNITO_ISSUER", "http://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ"],
    [
      "COGNITO_ISSUER",
      "https://cognito-idp.ap-northeast-1.amazonaws.com.evil.example/ap-northeast-1_Abc123XYZ",
    ],
    [
      "COGNITO_JWKS_URL",
      "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Other0000/.well-known/jwks.json",
    ],
    ["COGNITO_JWKS_URL", "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ"],
    ["COGNITO_ENDPOINT", "https://cognito-idp.us-east-1.amazonaws.com"],
    ["COGNITO_ENDPOINT", "https://cognito-idp.ap-northeast-1.amazonaws.com/elsewhere"],
  ])("but another pool's and another region's are: %s %s", (name, value) => {
    expect(faultsOf({ ...GOOD, [name]: value })).toEqual([
      `${name}: only a loopback host may override where Cognito is`,
    ]);
  });
});

describe("where Cognito is may be overridden", () => {
  const overrides = ["COGNITO_ENDPOINT", "COGNITO_ISSUER", "COGNITO_JWKS_URL"];
  test.each(overrides)("%s by a loopback address", (name) => {
    for (const host of ["localhost", "127.0.0.1:9229", "[::1]:9229"]) {
      expect(faultsOf({ ...GOOD, [name]: `http://${host}/pool` })).toEqual([]);
    }
  });
  test.each(overrides)("%s by nothing else", (name) => {
    for (const url of [
      "https://evil.example",
      "http://localhost.evil.example",
      "http://127.0.0.1.evil.example",
      "http://localhost@evil.example",
      "http://evil.example#localhost",
      "http://169.254.169.254",
      "http://0.0.0.0",
      "http://10.0.0.1",
    ]) {
      expect(faultsOf({ ...GOOD, [name]: url })).toEqual([
        `${name}: only a loopback host may override where Cognito is`,
      ]);
    }
  });
  test.each([
    "localhost:9229",
    "ftp://localhost",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "//localhost",
  ])("not by %s, which is no http URL", (url) =>
    expect(faultsOf({ ...GOOD, COGNITO_ENDPOINT: url })).toHaveLength(1),
  );
  test("the key endpoint follows the issuer, and a trailing slash changes nothing", () => {
    const { COGNITO_ISSUER, COGNITO_JWKS_URL } = parseEnv({
      ...GOOD,
      COGNITO_ISSUER: "http://127.0.0.1:9229/pool/",
    });
    expect(COGNITO_ISSUER).toBe("http://127.0.0.1:9229/pool");
    expect(COGNITO_JWKS_URL).toBe("http://127.0.0.1:9229/pool/.well-known/jwks.json");
  });
});

describe("the application's own address", () => {
  test.each(["https://sekisho.example", "http://localhost:3000", "http://127.0.0.1", "http://[::1]:3000/"])(
    "may be %s",
    (url) => expect(faultsOf({ ...GOOD, NEXTAUTH_URL: url })).toEqual([]),
  );
  test.each(["http://sekisho.example", "http://localhost.sekisho.example", "http://10.0.0.1"])(
    "may not be %s: cookies would cross the network in the clear",
    (url) =>
      expect(faultsOf({ ...GOOD, NEXTAUTH_URL: url })).toEqual([
        "NEXTAUTH_URL: must be https, except on a loopback host",
      ]),
  );
  test.each([
    "https://sekisho.example/app",
    "https://user:secret@sekisho.example",
    "https://sekisho.example/?a",
    "https://sekisho.example/#a",
  ])("may not be %s: it is an origin", (url) =>
    expect(faultsOf({ ...GOOD, NEXTAUTH_URL: url })).toEqual([
      "NEXTAUTH_URL: must be an origin, without a path or a user name",
    ]),
  );
});

test("a build reads no environment, so that nothing of the build machine stays in it", async () => {
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  // In a build nothing has read it before; other tests of this process have.
  const ofItsOwn = "./env?build";
  const inBuild = (await import(/* @vite-ignore */ ofItsOwn)) as typeof import("./env");
  expect(() => inBuild.env()).toThrow("a build reads none of it");
  vi.unstubAllEnvs();
});

describe("the way to the database", () => {
  const faults = (DATABASE_URL: string, others: Record<string, string> = {}) =>
    faultsOf({ ...GOOD, DATABASE_URL, ...others });
  const tls = (DATABASE_URL: string, DATABASE_TLS?: "verify-full" | "disable") =>
    databaseTls({ DATABASE_URL, DATABASE_TLS });

  test.each([
    "postgres://app@db.example.com/x",
    "postgres://app@10.0.0.5/x",
    "postgres://app@127.0.0.1.example.com/x",
    "postgres://app@localhost/x?host=db.example.com",
    "postgres://app@localhost/x?sslmode=verify-full",
  ])("is encrypted to %s without being told", (url) => {
    expect(faults(url)).toEqual([]);
    expect(tls(url)).toBe("verify-full");
  });
  test.each([
    "postgres://app@localhost/x",
    "postgres://app@127.0.0.1:5433/x",
    "postgres://app@[::1]/x",
    "postgres:///x",
    "postgres:///x?host=/run/postgresql",
    "postgres://app@%2Frun%2Fpostgresql/x",
  ])("needs no encryption to %s", (url) => {
    expect(faults(url)).toEqual([]);
    expect(tls(url)).toBe("disable");
  });
  test("is in plain text to another machine only where a setting says so", () => {
    expect(faults("postgres://app@db/x", { DATABASE_TLS: "disable" })).toEqual([]);
    expect(tls("postgres://app@db/x", "disable")).toBe("disable");
  });
  test.each(["require", "prefer", "allow", "verify-ca", "no-verify"])(
    "may not be sslmode=%s, which encrypts without checking who answers, or not at all",
    (mode) =>
      expect(faults(`postgres://app@db/x?sslmode=${mode}`)).toEqual([
        "DATABASE_URL: must not say another sslmode than verify-full or disable: say DATABASE_TLS",
      ]),
  );
  test.each([
    ["postgres://app@db/x?sslmode=disable", {}],
    ["postgres://app@db/x?sslmode=disable", { DATABASE_TLS: "verify-full" }],
    ["postgres://app@db/x?sslmode=verify-full", { DATABASE_TLS: "disable" }],
  ])("may not be said in two ways that differ: %s, %j", (url, others) =>
    expect(faults(url, others)).toEqual([
      expect.stringMatching(/^DATABASE_URL: says another sslmode than DATABASE_TLS, which is /),
    ]),
  );
  test.each(["ssl=true", "ssl=0"])("may not be said by %s", (parameter) =>
    expect(faults(`postgres://app@db/x?${parameter}`)).toEqual([
      "DATABASE_URL: must not say ssl=…: say DATABASE_TLS",
    ]),
  );
  test("has one password: that of the URL, of the secret, or a signed token, which goes nowhere in plain text", () => {
    const secret = { DATABASE_PASSWORD_SECRET: "prod/db" };
    const iam = { DATABASE_AUTH: "iam" };
    expect(faults("postgres://app@db/x", secret)).toEqual([]);
    expect(faults("postgres://app@db/x", iam)).toEqual([]);
    const two = ["DATABASE_URL: must not hold a password where another one is used"];
    expect(faults("postgres://app:canary@db/x", secret)).toEqual(two);
    expect(faults("postgres://app:canary@db/x", iam)).toEqual(two);
    expect(faults("postgres://db/x", iam)).toEqual(["DATABASE_URL: must name the login"]);
    expect(faults("postgres://app@db/x", { ...iam, ...secret })).toEqual([
      "DATABASE_PASSWORD_SECRET: is of no use with DATABASE_AUTH=iam",
    ]);
    expect(faults("postgres://app@localhost/x", iam)).toEqual([
      "DATABASE_AUTH: must not be iam in plain text: say DATABASE_TLS=verify-full",
    ]);
  });
  test("may lead past a pooler for who listens: as the same login, and no more in plain text", () => {
    const listening = (DATABASE_LISTEN_URL: string, url = "postgres://app@pooler/x") =>
      faults(url, { DATABASE_LISTEN_URL });
    expect(listening("postgres://app@db/x")).toEqual([]);
    expect(listening("postgres://owner@db/x")).toEqual([
      "DATABASE_LISTEN_URL: must name the login of DATABASE_URL",
    ]);
    expect(listening("postgres://app@db/x?sslmode=require")).toEqual([
      "DATABASE_LISTEN_URL: must not say another sslmode than verify-full or disable: say DATABASE_TLS",
    ]);
    expect(faultsOf({ ...GOOD, DATABASE_LISTEN_URL: "postgres://app@db/x" })).toEqual([
      "DATABASE_LISTEN_URL: is of no use without DATABASE_URL",
    ]);
  });
  test("is checked for a migration alike", () => {
    expect(() => databaseSettings({ DATABASE_URL: "postgres://app@db/x?sslmode=require" })).toThrow(EnvError);
  });
});

describe("DATABASE_URL alone, for a migration", () => {
  test.each([
    ["postgres://owner@db/sekisho", "postgres://owner@db/sekisho"],
    ["postgresql://owner@db/sekisho", "postgresql://owner@db/sekisho"],
    ["", undefined],
  ])("%j", (value, expected) => {
    vi.stubEnv("DATABASE_URL", value);
    expect(databaseSettings()?.DATABASE_URL).toBe(expected);
    vi.unstubAllEnvs();
  });
  test("is not shown when it is wrong", () => {
    vi.stubEnv("DATABASE_URL", "mysql://root:canary@db");
    expect(() => databaseSettings()).toThrow(/^(?!.*canary)/s);
    expect(() => databaseSettings()).toThrow(EnvError);
    vi.unstubAllEnvs();
  });
});

test("the Hosted UI needs a client of its own", () => {
  expect(faultsOf({ ...GOOD, COGNITO_DOMAIN: "https://sign-in.example.com" })).toEqual([
    "COGNITO_WEB_CLIENT_ID is missing",
  ]);
});

test.each(["javascript:alert(1)", "http://www.example.com/help", "help@example.com"])(
  "people are not led to %s for help",
  (HELP_URL) =>
    expect(faultsOf({ ...GOOD, HELP_URL })).toEqual(["HELP_URL: must be an https:// or mailto: address"]),
);
