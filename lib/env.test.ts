import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { databaseUrl, EnvError, env, parseEnv } from "./env";

const SECRET = randomBytes(33).toString("base64");
const GOOD = {
  COGNITO_USER_POOL_ID: "ap-northeast-1_Abc123XYZ",
  COGNITO_APP_CLIENT_ID: "1example23456789",
  NEXTAUTH_URL: "https://sekisho.example",
  NEXTAUTH_SECRET: SECRET,
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

test("four settings are enough; the rest has defaults", () => {
  expect(parseEnv(GOOD)).toEqual({
    ...GOOD,
    NODE_ENV: "development",
    AWS_REGION: "ap-northeast-1",
    COGNITO_PREFERRED_TOKEN_USE: "access",
    COGNITO_TENANT_CLAIM: "custom:tenant_id",
    COGNITO_ISSUER: "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ",
    COGNITO_JWKS_URL:
      "https://cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Abc123XYZ/.well-known/jwks.json",
    COGNITO_REFRESH_ROTATION: false,
    TENANT_MODE: "header",
    TENANT_HEADER: "X-Tenant-Id",
    MULTI_TENANT_ENABLED: true,
    TENANT_STRICT: true,
    CORS_ALLOWED_ORIGINS: [],
    SESSION_MINUTES: 720,
    SESSION_IDLE_MINUTES: 120,
    SIGN_IN_TRIES_PER_ACCOUNT: 10,
    SIGN_IN_TRIES_PER_ADDRESS: 50,
    DATA_DIR: ".data",
    PORT: 3000,
    COGNITO_LOCAL_PORT: 9229,
  });
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
  ])("cannot be %s", (listed) => {
    expect(faultsOf({ ...GOOD, CORS_ALLOWED_ORIGINS: listed })).toHaveLength(1);
  });
});

describe("a secret", () => {
  test("of 32 bytes or more of chance is accepted, by bytes and not characters", () => {
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: randomBytes(16).toString("hex") })).toEqual([]);
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: "関所の門を開く鍵は十一文字以上" })).toEqual([]);
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
  ])("that looks like a sample is refused: %s", (sample) => {
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET: sample })).toEqual(["NEXTAUTH_SECRET: looks like a sample"]);
    expect(faultsOf({ ...GOOD, NEXTAUTH_SECRET_PREVIOUS: sample })).toEqual([
      "NEXTAUTH_SECRET_PREVIOUS: looks like a sample",
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
});

test("a build reads no environment, so that nothing of the build machine stays in it", () => {
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  expect(() => env()).toThrow(EnvError);
  vi.unstubAllEnvs();
});

describe("DATABASE_URL alone, for a migration", () => {
  test.each([
    ["postgres://owner@db/sekisho", "postgres://owner@db/sekisho"],
    ["postgresql://owner@db/sekisho", "postgresql://owner@db/sekisho"],
    ["", undefined],
  ])("%j", (value, expected) => {
    vi.stubEnv("DATABASE_URL", value);
    expect(databaseUrl()).toBe(expected);
    vi.unstubAllEnvs();
  });
  test("is not shown when it is wrong", () => {
    vi.stubEnv("DATABASE_URL", "mysql://root:canary@db");
    expect(() => databaseUrl()).toThrow(/^(?!.*canary)/s);
    expect(() => databaseUrl()).toThrow(EnvError);
    vi.unstubAllEnvs();
  });
});

test("the Hosted UI needs a client of its own", () => {
  expect(faultsOf({ ...GOOD, COGNITO_DOMAIN: "https://sign-in.example.com" })).toEqual([
    "COGNITO_WEB_CLIENT_ID is missing",
  ]);
});
