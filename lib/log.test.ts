import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "./errors";
import { inShort, log, redact } from "./log";

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${"canary".repeat(20)}.${"canary".repeat(30)}`;
const ENCRYPTED = `eyJhbGciOiJkaXIifQ..canary.canary.canary`;

let written: string[];
beforeEach(() => {
  written = [];
  for (const method of ["log", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void written.push(line));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What is written for these fields. */
function lineOf(fields: Record<string, unknown>): string {
  log("info", "test", fields);
  return written.at(-1) ?? "";
}

test("a line is one JSON object with its time, level and event", () => {
  log("error", "http.refused", { request_id: "r1", path: "/api/members\nforged line" });
  expect(written).toHaveLength(1);
  expect(written[0]).not.toContain("\n");
  expect(JSON.parse(written[0] ?? "")).toEqual({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    level: "error",
    event: "http.refused",
    request_id: "r1",
    path: "/api/members\nforged line",
  });
});

describe("a secret is removed by the name of its field", () => {
  test.each([
    "password",
    "new_password",
    "PASSWORD",
    "secret",
    "clientSecret",
    "SECRET_HASH",
    "token",
    "accessToken",
    "id_token",
    "refresh_token",
    "access",
    "authorization",
    "Authorization",
    "cookie",
    "set-cookie",
    "session",
    "Session",
    "sessionId",
    "mfa_code",
    "confirmationCode",
    "credentials",
    "DATABASE_URL",
  ])("%s", (name) => {
    for (const value of ["canary", 123456, { inner: "canary" }, ["canary"]]) {
      expect(lineOf({ [name]: value })).not.toMatch(/canary|123456/);
      expect(lineOf({ headers: { [name]: value } })).not.toMatch(/canary|123456/);
      expect(lineOf({ list: [{ deep: { [name]: value } }] })).not.toMatch(/canary|123456/);
    }
  });
});

describe("a secret is removed by its look, in any text", () => {
  test.each([
    TOKEN,
    ENCRYPTED,
    `Bearer ${TOKEN}`,
    `?id_token=${TOKEN}&x=1`,
    `id_token%3D${TOKEN}%26`,
    `"${TOKEN}"`,
    `tokens: ${TOKEN},${TOKEN}`,
    `${"x".repeat(1_950)} ${TOKEN}`,
    "postgres://sekisho:canary@db:5432/sekisho",
    "connect to postgres://sekisho:canary@db failed",
    "https://user:canary%40@host/path",
    "redis://:canary@host",
  ])("%s", (text) => {
    expect(lineOf({ detail: text })).not.toContain("canary");
    expect(lineOf({ error: new Error(text) })).not.toContain("canary");
    expect(
      lineOf({ error: new AppError("internal", { cause: new Error("x", { cause: text }) }) }),
    ).not.toContain("canary");
    expect(lineOf({ error: new AggregateError([new Error(text)], text) })).not.toContain("canary");
  });
});

test("what tells one failure from another stays", () => {
  const cause = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
  const line = JSON.parse(
    lineOf({
      code: "database_unavailable",
      token_use: "access",
      status_code: 503,
      sub: "s1",
      error: new AppError("database_unavailable", { cause }),
    }),
  );
  expect(line).toMatchObject({
    code: "database_unavailable",
    token_use: "access",
    status_code: 503,
    sub: "s1",
    error: {
      name: "AppError",
      code: "database_unavailable",
      message: "The database is not available",
      stack: expect.stringContaining("log.test.ts"),
      cause: { message: "connection refused", code: "ECONNREFUSED" },
    },
  });
});

test("an e-mail address is removed wherever it stands in a text", () => {
  const address = "canary.person+tag@mail.example.com";
  for (const text of [
    address,
    `for <${address}>`,
    `Key (email)=(${address})`,
    `${"x ".repeat(995)}${address}`,
  ]) {
    expect(lineOf({ detail: text, error: new Error(text, { cause: text }) })).not.toMatch(
      /canary|mail\.exam/,
    );
  }
});

describe("a failed query", () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
  const query = `select ${'"column", '.repeat(500)} from members where email = $1`;
  const away = new AppError("database_unavailable", {
    cause: new DrizzleQueryError(query, ["canary", "x".repeat(5_000)], cause),
  });

  test("is logged by its code, what the driver said and where it was asked, not by its text and its values", () => {
    const line = lineOf({ error: away });
    expect(line.length).toBeLessThan(4_000);
    expect(line).not.toMatch(/canary|select|members/);
    expect(JSON.parse(line).error.cause).toMatchObject({
      code: "ECONNREFUSED",
      message: "connect ECONNREFUSED 127.0.0.1:5432",
      stack: expect.stringContaining("log.test.ts"),
    });
  });

  test("is told in one line where a stack is not worth it", () => {
    expect(inShort(away.cause)).toBe("ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5432");
    expect(inShort(new DrizzleQueryError("select 1", ["canary"]))).toBe("Failed query");
    expect([inShort("said"), inShort(undefined), inShort(new Error("plain"))]).toEqual(["said", "", "plain"]);
  });

  test("does not show the value that PostgreSQL could not read", () => {
    const said = Object.assign(new Error('invalid input syntax for type uuid: "canary"'), { code: "22P02" });
    expect(inShort(said)).toBe("22P02: invalid input syntax for type uuid");
    expect(lineOf({ error: new DrizzleQueryError("select $1", ["canary"], said) })).not.toContain("canary");
  });
});

test("what is less urgent than LOG_LEVEL is not written", () => {
  for (const [level, lines] of [
    ["info", 3],
    ["warn", 2],
    ["error", 1],
    ["", 3],
  ] as const) {
    vi.stubEnv("LOG_LEVEL", level);
    written = [];
    for (const each of ["info", "warn", "error"] as const) log(each, "test");
    expect(written, level).toHaveLength(lines);
  }
});

test("an absent secret is told from one that was there", () => {
  expect(redact({ token: undefined, cookie: null, session: "x" })).toEqual({
    token: undefined,
    cookie: null,
    session: "[redacted]",
  });
});

test("nothing that is logged can make logging fail or flood", () => {
  const circular: Record<string, unknown> = { name: "circular" };
  circular.self = circular;
  const looped = new Error("loop");
  looped.cause = looped;
  const line = lineOf({
    circular,
    looped,
    long: "x".repeat(1_000_000),
    many: Array.from({ length: 10_000 }, (_, i) => i),
    big: 10n ** 30n,
    never: new Date(Number.NaN),
    nothing: undefined,
    call: () => 1,
    symbol: Symbol("x"),
  });
  expect(line.length).toBeLessThan(50_000);
  expect(JSON.parse(line)).toMatchObject({ big: String(10n ** 30n), never: null });
});
