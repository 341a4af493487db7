import { randomUUID } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { knownCallers } from "../../db/schema";
import { AppError } from "../../errors";
import type { Attempt } from "./attempt";

const PER_ACCOUNT = 3;
const PER_ADDRESS = 5;
vi.stubEnv("SIGN_IN_TRIES_PER_ACCOUNT", String(PER_ACCOUNT));
vi.stubEnv("SIGN_IN_TRIES_PER_ADDRESS", String(PER_ADDRESS));
const { attempting, becomeKnown } = await import("./attempt");

afterAll(() => {
  vi.unstubAllEnvs();
});

let networks = 0;
const newAddress = () => `198.51.100.${++networks}`;
const newAttempt = (): Attempt => ({
  account: `${randomUUID()}@people.example`,
  address: newAddress(),
  device: randomUUID(),
});
const WAYS = ["sign_in", "recovery", "recovery_mail"] as const;

const wrong = () => Promise.reject(new AppError("invalid_credentials"));
const right = async () => "in";
const tried = (way: (typeof WAYS)[number], attempt: Attempt, work: () => Promise<unknown> = right) =>
  attempting(way, attempt, work).catch((error) => (error instanceof AppError ? error.code : error));

async function exhaust(way: (typeof WAYS)[number], account: string): Promise<void> {
  for (let i = 0; i < PER_ACCOUNT; i++) await tried(way, { ...newAttempt(), account }, wrong);
  expect(await tried(way, { ...newAttempt(), account })).toBe("rate_limited");
}

test.each(WAYS)(
  "%s: strangers who fail in somebody's name do not keep a browser out that was there before",
  async (way) => {
    const owner = newAttempt();
    await becomeKnown(owner);
    await exhaust(way, owner.account);
    expect(await tried(way, { ...owner, address: newAddress() })).toBe("in");
    // Nor a client without cookies, where it was before.
    expect(await tried(way, { ...owner, device: null })).toBe("in");
  },
);

test.each(WAYS)(
  "%s: a browser is known at the account that it signed in to, and at no other",
  async (way) => {
    const known = newAttempt();
    await becomeKnown(known);
    const { account } = newAttempt();
    await exhaust(way, account);
    expect(await tried(way, { ...known, account })).toBe("rate_limited");
  },
);

test("a known browser has a few tries too, and does not take them from strangers", async () => {
  const owner = newAttempt();
  await becomeKnown(owner);
  for (let i = 0; i < PER_ACCOUNT; i++)
    expect(await tried("sign_in", owner, wrong)).toBe("invalid_credentials");
  expect(await tried("sign_in", owner)).toBe("rate_limited");
  expect(await tried("sign_in", { ...newAttempt(), account: owner.account })).toBe("in");
});

test("what many fail at one address does not keep out who is known there", async () => {
  const owner = newAttempt();
  await becomeKnown(owner);
  for (let i = 0; i <= PER_ADDRESS; i++)
    await tried("sign_in", { ...newAttempt(), address: owner.address }, wrong);
  expect(await tried("sign_in", { ...newAttempt(), address: owner.address })).toBe("rate_limited");
  expect(await tried("sign_in", owner)).toBe("in");
});

test("an address that nobody knows makes nobody known", async () => {
  const owner = { ...newAttempt(), address: "unknown" };
  await becomeKnown(owner);
  await exhaust("sign_in", owner.account);
  expect(await tried("sign_in", { ...owner, device: null })).toBe("rate_limited");
  expect(await tried("sign_in", owner)).toBe("in");
});

test("a stolen password does not make ever more known browsers: those seen last count", async () => {
  const { account } = newAttempt();
  const browsers = Array.from({ length: 25 }, () => ({ account, address: "unknown", device: randomUUID() }));
  for (const browser of browsers) await becomeKnown(browser);
  await exhaust("sign_in", account);
  const outcomes = await Promise.all(browsers.map((browser) => tried("sign_in", browser)));
  expect(outcomes.filter((each) => each === "in").length).toBeLessThanOrEqual(20);
  expect(outcomes.at(-1)).toBe("in");
});

test("neither the account nor what it is known by is stored in the clear", async () => {
  const owner = newAttempt();
  await becomeKnown(owner);
  const stored = JSON.stringify(await asSuperuser((tx) => tx.select().from(knownCallers)));
  for (const part of [owner.account, owner.address, owner.device ?? ""]) expect(stored).not.toContain(part);
});
