import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rawQuery } from "../db/client";
import { translateDatabaseError } from "../db/errors";
import { env } from "../env";
import { AppError } from "../errors";

const WINDOW_SECONDS = 5 * 60;

/** Who tries: the account that is named, and where the request came from. */
export type Attempt = { account: string; address: string };

/** The counters live in the database, so that all instances count together. */
const limiter = (keyPrefix: string, points: number) =>
  new RateLimiterPostgres({
    storeClient: { query: rawQuery },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
  });

let limiters: Record<keyof Attempt, RateLimiterPostgres> | undefined;

/**
 * Runs an attempt to sign in with a password or a code, as one of the few that an account and an address have within
 * five minutes. One that failed for reasons of ours does not count.
 *
 * @param counted `failures`: one that succeeds does not count either; `every`: it does (what it does is costly itself).
 * @throws AppError `rate_limited` with the seconds to wait, before anything is tried; what `work` throws.
 */
export async function limited<T>(
  attempt: Attempt,
  work: () => Promise<T>,
  counted: "failures" | "every" = "failures",
): Promise<T> {
  const { SIGN_IN_TRIES_PER_ACCOUNT, SIGN_IN_TRIES_PER_ADDRESS } = env();
  limiters ??= {
    account: limiter("account", SIGN_IN_TRIES_PER_ACCOUNT),
    address: limiter("address", SIGN_IN_TRIES_PER_ADDRESS),
  };
  const { account, address } = limiters;
  // Hashed: what was typed as an e-mail address may be a password in the wrong field.
  const key = createHash("sha256").update(attempt.account.trim().toLowerCase()).digest("base64url");
  await take(address, attempt.address);
  await take(account, key);
  const giveBack = () =>
    Promise.all([account.reward(key), address.reward(attempt.address)]).catch((error) => {
      throw translateDatabaseError(error);
    });
  try {
    const result = await work();
    if (counted === "failures") await giveBack();
    return result;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) await giveBack();
    throw error;
  }
}

async function take(from: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await from.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw translateDatabaseError(error);
    throw new AppError("rate_limited", { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
  }
}
