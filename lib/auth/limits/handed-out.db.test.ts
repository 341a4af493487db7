import { randomUUID } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { AppError } from "../../errors";

const PER_ADDRESS = 5;
vi.stubEnv("SIGN_IN_TRIES_PER_ADDRESS", String(PER_ADDRESS));
vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
const { rememberHandedOut, withHandedOut } = await import("./handed-out");

afterAll(() => {
  vi.unstubAllEnvs();
});

const from = (address: string) => new Headers({ "X-Forwarded-For": address });
const junk = () => Promise.reject(new AppError("session_ended"));
const tried = (headers: Headers, token: string, work: () => Promise<unknown> = async () => "renewed") =>
  withHandedOut(headers, token, work).catch((error) => (error instanceof AppError ? error.code : error));

test("junk is limited by the address, and keeps nobody there from refreshing with what was handed out to them", async () => {
  const office = from("198.51.100.7");
  const token = randomUUID();
  await rememberHandedOut(token);
  for (let i = 0; i < PER_ADDRESS; i++) expect(await tried(office, randomUUID(), junk)).toBe("session_ended");
  expect(await tried(office, randomUUID())).toBe("rate_limited");
  expect(await tried(office, token)).toBe("renewed");
  expect(await tried(from("198.51.100.8"), randomUUID())).toBe("renewed");
});

test("what was handed out and is void by now has a few tries of its own", async () => {
  const token = randomUUID();
  await rememberHandedOut(token);
  const anywhere = () => from(`203.0.113.${Math.ceil(Math.random() * 250)}`);
  for (let i = 0; i < PER_ADDRESS; i++) expect(await tried(anywhere(), token, junk)).toBe("session_ended");
  expect(await tried(anywhere(), token, junk)).toBe("rate_limited");
});

test("refreshing that succeeds is limited too, generously", async () => {
  const token = randomUUID();
  await rememberHandedOut(token);
  const outcomes = new Set<unknown>();
  for (let i = 0; i <= 6 * PER_ADDRESS; i++) outcomes.add(await tried(from("198.51.100.9"), token));
  expect([...outcomes]).toEqual(["renewed", "rate_limited"]);
});
