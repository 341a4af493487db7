import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { withDatabase } from "./client";
import { leases } from "./schema";

/** Longer than what is done under it may take (seconds): whoever ended in the middle lets go after that. */
const HOLD_SECONDS = 60;
const WAIT_MS = 10_000;
const POLL_MS = 50;

/**
 * Carries out what one instance at a time may do past the database. Held by a row and not by a transaction, so that no
 * connection waits for Cognito.
 *
 * @param waitMs how long another one who is at it is waited for.
 * @throws AppError `conflict` when somebody else does not come to an end, `database_unavailable`; what `work` throws.
 */
export async function withLease<T>(
  name: string,
  work: () => Promise<T>,
  { waitMs = WAIT_MS } = {},
): Promise<T> {
  const holder = randomUUID();
  await take(name, holder, waitMs);
  try {
    return await work();
  } finally {
    const whereHeld = and(eq(leases.name, name), eq(leases.holder, holder));
    await withDatabase((db) => db.update(leases).set({ holder: null, heldUntil: null }).where(whereHeld));
  }
}

async function take(name: string, holder: string, waitMs: number): Promise<void> {
  const heldUntil = sql`now() + make_interval(secs => ${HOLD_SECONDS})`;
  const whereFree = or(isNull(leases.heldUntil), lt(leases.heldUntil, sql`now()`));
  for (const deadline = Date.now() + waitMs; ; await sleep(POLL_MS)) {
    const held = await withDatabase((db) =>
      db
        .insert(leases)
        .values({ name, holder, heldUntil })
        .onConflictDoUpdate({ target: leases.name, set: { holder, heldUntil }, setWhere: sql`${whereFree}` })
        .returning({ name: leases.name }),
    );
    if (held.length === 1) return;
    if (Date.now() >= deadline) break;
  }
  const detail = "Somebody else is doing the same. Try again in a moment.";
  throw new AppError("conflict", { detail, retryAfter: 1 });
}
