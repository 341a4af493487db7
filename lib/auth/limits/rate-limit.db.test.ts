import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { asSuperuser } from "../../../infra/local/testing/superuser";
import { rateLimits } from "../../db/schema";
import { AppError } from "../../errors";

const PER_ACCOUNT = 3;
const PER_ADDRESS = 5;

vi.stubEnv("SIGN_IN_TRIES_PER_ACCOUNT", String(PER_ACCOUNT));
vi.stubEnv("SIGN_IN_TRIES_PER_ADDRESS", String(PER_ADDRESS));
const { limited: anyLimited, spend } = await import("./rate-limit");
const limited = <T>(attempt: { account: string; address: string }, work: () => Promise<T>) =>
  anyLimited("sign_in", attempt, work);

afterAll(() => {
  vi.unstubAllEnvs();
});
beforeEach(() => {
  ran = 0;
});

let ran = 0;
const wrong = () => {
  ran += 1;
  return Promise.reject(new AppError("invalid_credentials"));
};
const right = () => {
  ran += 1;
  return Promise.resolve("in");
};
const newAttempt = (): { account: string; address: string } => ({
  account: `${randomUUID()}@people.example`,
  address: randomUUID(),
});

/** The code of the refusal, or what the work gave. */
function outcome(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error) => (error instanceof AppError ? error.code : error));
}

async function failTimes(attempt: ReturnType<typeof newAttempt>, times: number): Promise<void> {
  for (let i = 0; i < times; i++) expect(await outcome(limited(attempt, wrong))).toBe("invalid_credentials");
}

describe("an account", () => {
  test("has a few tries; then nothing is tried any more, the right one neither", async () => {
    const attempt = newAttempt();
    await failTimes(attempt, PER_ACCOUNT);
    const refusal = await limited(attempt, right).catch((error: AppError) => error);
    expect(refusal).toMatchObject({ code: "rate_limited", status: 429 });
    const { retryAfter } = refusal as AppError;
    expect(retryAfter).toBeGreaterThan(290);
    expect(retryAfter).toBeLessThanOrEqual(300);
    expect(ran).toBe(PER_ACCOUNT);
  });
  test("is the same one however it is written, and wherever the tries come from", async () => {
    const { account } = newAttempt();
    for (const written of [account, account.toUpperCase(), ` ${account} `]) {
      await failTimes({ account: written, address: randomUUID() }, 1);
    }
    expect(await outcome(limited({ account, address: randomUUID() }, right))).toBe("rate_limited");
  });
  test("has its tries back after five minutes", async () => {
    const attempt = newAttempt();
    await failTimes(attempt, PER_ACCOUNT);
    await asSuperuser((tx) => tx.update(rateLimits).set({ expire: sql`${rateLimits.expire} - 300000` }));
    expect(await limited(attempt, right)).toBe("in");
    await failTimes(attempt, PER_ACCOUNT);
    expect(await outcome(limited(attempt, right))).toBe("rate_limited");
  });
  test("of twenty wrong tries at once has no more than its few", async () => {
    const { account } = newAttempt();
    const tries = Array.from({ length: 20 }, () =>
      outcome(limited({ account, address: randomUUID() }, wrong)),
    );
    const outcomes = await Promise.all(tries);
    expect(ran).toBe(PER_ACCOUNT);
    expect(outcomes.filter((each) => each === "rate_limited")).toHaveLength(20 - PER_ACCOUNT);
  });
});

test("an address has a few tries for all accounts together, and another address has its own", async () => {
  const { address } = newAttempt();
  for (let i = 0; i < PER_ADDRESS; i++) await failTimes({ ...newAttempt(), address }, 1);
  const { account } = newAttempt();
  expect(await outcome(limited({ account, address }, right))).toBe("rate_limited");
  expect(await limited({ account, address: randomUUID() }, right)).toBe("in");
});

describe("what does not count", () => {
  test("is a try that succeeds", async () => {
    const attempt = newAttempt();
    for (let i = 0; i < 3 * PER_ADDRESS; i++) expect(await limited(attempt, right)).toBe("in");
    await failTimes(attempt, PER_ACCOUNT);
    expect(await outcome(limited(attempt, right))).toBe("rate_limited");
  });
  test("is one that failed for reasons of ours", async () => {
    const attempt = newAttempt();
    for (const fault of [new AppError("cognito_unavailable"), new TypeError("a bug")]) {
      for (let i = 0; i < 3 * PER_ADDRESS; i++) {
        await expect(limited(attempt, () => Promise.reject(fault))).rejects.toBe(fault);
      }
    }
    expect(await limited(attempt, right)).toBe("in");
  });
});

test("where every try counts, those that succeed do too, for each that is counted by itself", async () => {
  const [recipient, tenant] = [`${randomUUID()}@people.example`, randomUUID()];
  const send = (to = recipient, by = tenant) => outcome(spend("member_mail", { recipient: to, tenant: by }));
  for (let i = 0; i < 5; i++) expect(await send()).toBeUndefined();
  expect(await send()).toBe("rate_limited");
  expect(await send(recipient.toUpperCase(), randomUUID())).toBe("rate_limited");
  // What was refused for its recipient takes nothing of the tenant.
  for (let i = 5; i < 100; i++) expect(await send(randomUUID())).toBeUndefined();
  expect(await send(randomUUID())).toBe("rate_limited");
  expect(await send(randomUUID(), randomUUID())).toBeUndefined();
});

test("a step that nobody's account is to blame for counts for the address alone", async () => {
  const attempt = newAttempt();
  const junk = () => Promise.reject(new AppError("challenge_expired"));
  for (let i = 0; i < PER_ADDRESS; i++)
    expect(await outcome(limited(attempt, junk))).toBe("challenge_expired");
  expect(await outcome(limited(attempt, junk))).toBe("rate_limited");
  expect(await limited({ ...attempt, address: randomUUID() }, right)).toBe("in");
});

test("a network of IPv6 is one address, however many its owner makes up in it", async () => {
  const network = `2001:db8:${Math.floor(Math.random() * 0xffff).toString(16)}:1`;
  const at = (host: string) => ({ ...newAttempt(), address: `${network}${host}` });
  for (let i = 1; i <= PER_ADDRESS; i++) await failTimes(at(`::${i}`), 1);
  expect(await outcome(limited(at(":ffff:1:2:3"), right))).toBe("rate_limited");
  expect(await limited({ ...newAttempt(), address: `${network}1::1` }, right)).toBe("in");
});

test("nobody is kept out by what fifty others failed at addresses that nobody knows", async () => {
  for (let i = 0; i < PER_ADDRESS; i++) await failTimes({ ...newAttempt(), address: "unknown" }, 1);
  expect(await limited({ ...newAttempt(), address: "unknown" }, right)).toBe("in");
  for (let i = 0; i < 3 * PER_ADDRESS; i++) await failTimes({ ...newAttempt(), address: "unknown" }, 1);
  expect(await outcome(limited({ ...newAttempt(), address: "unknown" }, right))).toBe("rate_limited");
});

test("what was typed as an account is not stored", async () => {
  const attempt = { ...newAttempt(), account: `canary-${randomUUID()}` };
  await failTimes(attempt, 1);
  const rows = await asSuperuser((tx) => tx.select().from(rateLimits));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ key }) => key).join()).not.toContain("canary");
});
