import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rawQuery } from "../../db/client";
import { translateDatabaseError } from "../../db/errors";
import { AppError, type ErrorCode } from "../../errors";
import { count } from "../../telemetry/telemetry";
import { networkOf, UNKNOWN_ADDRESS } from "./client-address";
import { type Counted, type CountedBy, LIMITS, type Limit, type LimitName } from "./limits";
import { type Owed, payBack } from "./owed-points";

/** Nobody is told apart at an unknown address: many share what it has, and a few must not keep them all out. */
const SHARED_BY_UNKNOWN = 4;

/** Failures that are about the step that was sent, and not about the account that it names. */
const OF_THE_STEP: ReadonlySet<ErrorCode> = new Set(["challenge_expired", "invalid_request", "conflict"]);

/** One of the counters that a try takes a point of. */
export type Counter = { prefix: string; by: CountedBy | "known"; key: string; limit: Limit };

/**
 * Runs something that is limited, as one of the few tries that `LIMITS` gives to whoever it is counted by. One that
 * failed for reasons of ours does not count.
 *
 * @throws AppError `rate_limited` with the seconds to wait, before anything is tried; what `work` throws.
 */
export function limited<T, Name extends LimitName>(
  name: Name,
  counted: Counted<Name>,
  work: () => Promise<T>,
): Promise<T> {
  return counting(countersOf(name, counted), LIMITS[name].counts, work);
}

/** The same for what is counted before it is begun, whatever becomes of it. @throws AppError `rate_limited`. */
export function spend<Name extends LimitName>(name: Name, counted: Counted<Name>): Promise<void> {
  return counting(countersOf(name, counted), "every", async () => undefined);
}

/** Each counter that a try takes a point of. */
export function countersOf<Name extends LimitName>(name: Name, counted: Counted<Name>): Counter[] {
  const keys: Partial<Record<CountedBy, string | null>> = counted;
  return Object.entries<() => Limit>(LIMITS[name].by).flatMap(([kind, limitOf]) => {
    const by = kind as CountedBy;
    const key = keys[by];
    if (key === undefined || key === null) return [];
    const { points, seconds } = limitOf();
    const times = by === "address" && key === UNKNOWN_ADDRESS ? SHARED_BY_UNKNOWN : 1;
    const limit = { points: points * times, seconds };
    return [{ prefix: `${name}.${by}`, by, key: by === "address" ? networkOf(key) : accountKey(key), limit }];
  });
}

/** Hashed: what was typed as an e-mail address may be a password in the wrong field. */
export function accountKey(account: string): string {
  return createHash("sha256").update(account.trim().toLowerCase()).digest("base64url");
}

/**
 * Takes a point of each counter, carries `work` out, and gives back what does not count.
 *
 * @param hasSent whether the result is one that sent something.
 * @throws as `limited`.
 */
export async function counting<T>(
  counters: Counter[],
  counts: "failures" | "every" | "sent",
  work: () => Promise<T>,
  hasSent: (result: T) => boolean = () => true,
): Promise<T> {
  const taken = await takeAll(counters);
  try {
    const result = await work();
    if (counts === "failures" || (counts === "sent" && !hasSent(result))) await payBack(taken);
    return result;
  } catch (error) {
    const isOurs = !(error instanceof AppError) || error.status >= 500;
    if (isOurs || counts === "sent") await payBack(taken);
    else if (OF_THE_STEP.has(error.code)) await payBack(taken.filter(({ by }) => by === "account"));
    throw error;
  }
}

let marksKept: RateLimiterPostgres | undefined;
const marks = () => {
  marksKept ??= newLimiter("mark", { points: 1, seconds: 1 });
  return marksKept;
};

/** Marks a key for so many seconds; marks stand beside the counters, and go with them when they are over. */
export async function mark(key: string, seconds: number): Promise<void> {
  await marks().set(key, 1, seconds).catch(rethrow);
}

/** Whether a key is marked now. @throws AppError `database_unavailable`. */
export async function isMarked(key: string): Promise<boolean> {
  return (await marks().get(key).catch(rethrow)) !== null;
}

function rethrow(error: unknown): never {
  throw translateDatabaseError(error);
}

const limiters = new Map<string, RateLimiterPostgres>();

function limiterOf({ prefix, limit }: Pick<Counter, "prefix" | "limit">): RateLimiterPostgres {
  const name = `${prefix} ${limit.points}`;
  const known = limiters.get(name);
  if (known) return known;
  const limiter = newLimiter(prefix, limit);
  limiters.set(name, limiter);
  return limiter;
}

function newLimiter(keyPrefix: string, { points, seconds }: Limit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: { query: rawQuery },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    // Housekeeping does it, in small steps.
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration: seconds,
  });
}

type Taken = Owed & Pick<Counter, "by">;

/** A try that one counter refuses, or that the database breaks off, takes nothing of the others. */
async function takeAll(counters: Counter[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const { by, key, ...counter } of counters) {
    const limiter = limiterOf(counter);
    try {
      const { msBeforeNext } = await limiter.consume(key);
      taken.push({ by, until: Date.now() + msBeforeNext, pay: () => limiter.reward(key) });
    } catch (error) {
      await payBack(taken);
      if (!(error instanceof RateLimiterRes)) throw translateDatabaseError(error);
      count("sekisho.limits_hit", { limit: counter.prefix });
      throw new AppError("rate_limited", { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
    }
  }
  return taken;
}
