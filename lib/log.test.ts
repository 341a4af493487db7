import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "./errors";
import { log, redact } from "./log";

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${"canary".repeat(20)}.${"canary".repeat(30)}`;
const ENCRYPTED = `eyJhbGciOiJkaXIifQ..canary.canary.canary`;

let written: string[];
beforeEach(() => {
  written = [];
  for (const method of ["log", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void written.push(line));
  }
});
afterEach(() => vi.restoreAllMocks());

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
