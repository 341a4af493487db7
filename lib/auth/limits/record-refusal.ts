import type { AuditAction } from "../../audit/record";
import { AppError } from "../../errors";
import { log } from "../../log";
import { spend } from "./rate-limit";

/** How long until what could not be put on record is tried again, and how much of it a process keeps. */
const RETRY_MS = 2_000;
const MOST_MISSED = 1_000;

type Refusal = { action: AuditAction; counted: string; record: (at: Date) => Promise<void>; at: Date };

/** What the database did not take, the first of each kind and person: it is not lost while this process runs. */
const missed = new Map<string, Refusal>();
let isWaiting = false;

/**
 * Puts a refused action on record, once a minute for each person and kind, on all instances together: whoever is
 * refused as often as they like would otherwise write the log as they like, and nobody would find the rest in it.
 *
 * A database that takes no writes for a while is no reason to answer anything but the refusal: that is logged, and put
 * on record, with its own time, as soon as it can be.
 *
 * @param person their `sub`, or by which way in which account was named.
 * @throws what `record` throws.
 */
export async function recordRefusal(
  action: AuditAction,
  person: string,
  record: (at: Date) => Promise<void>,
): Promise<void> {
  const refusal = { action, counted: `${action} ${person.trim().toLowerCase()}`, record, at: new Date() };
  const failure = await put(refusal);
  if (failure === null) return;
  log("error", "audit.not_recorded", { action, error: failure });
  if (!missed.has(refusal.counted) && missed.size < MOST_MISSED) missed.set(refusal.counted, refusal);
  retryLater();
}

/** @returns why the database did not take it, or null when there is no more to be done. */
async function put({ counted, record, at }: Refusal): Promise<AppError | null> {
  try {
    await spend("refusal_record", { account: counted });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "rate_limited" ? null : error;
  }
  await record(at);
  return null;
}

function retryLater(): void {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    catchUp().catch((error: unknown) => log("error", "audit.not_recorded", { error }));
  }, RETRY_MS).unref();
}

async function catchUp(): Promise<void> {
  for (const [counted, refusal] of missed) {
    missed.delete(counted);
    if ((await put(refusal)) === null) continue;
    missed.set(counted, refusal);
    return retryLater();
  }
}
