import { type TenantTransaction, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type AuditEvent, type AuditSource, recordAudit } from "./record";

/** What is done outside the database, and what belongs to it inside. */
type Work<Done, Result> = {
  events: readonly AuditEvent[];
  /** The same once it is done, where more is known then. */
  ended?: (done: Done) => readonly AuditEvent[];
  /** In the transaction that puts the beginning on record. */
  begin?: (tx: TenantTransaction) => Promise<void>;
  /** At Cognito, in a mail: outside any transaction, so that no connection waits for it. */
  effect: () => Promise<Done>;
  /** In the transaction that puts the end on record. */
  finish: (tx: TenantTransaction, done: Done) => Promise<Result>;
  /** In the transaction that says that nothing came of it. */
  giveUp?: (tx: TenantTransaction) => Promise<void>;
};

/**
 * Carries out an effect outside the database with its record first: that it begins is stored before anything is done,
 * and what breaks off at any point afterwards stays on record as begun. Nobody has a right or a mail that no record
 * tells of. What Cognito refuses leaves nothing to see.
 *
 * @throws AppError `database_unavailable` before anything is done; what `effect` and `finish` throw.
 */
export async function recordedFirst<Done, Result>(
  source: AuditSource,
  { events, ended, begin, effect, finish, giveUp }: Work<Done, Result>,
): Promise<Result> {
  const { tenantId } = source;
  const begun = await withTenant(tenantId, async (tx) => {
    await begin?.(tx);
    return recordAll(tx, source, events, "begun");
  });
  try {
    const done = await effect();
    return await withTenant(tenantId, async (tx) => {
      const result = await finish(tx, done);
      await recordAll(tx, source, ended?.(done) ?? events, "done", begun);
      return result;
    });
  } catch (error) {
    const isRefused = error instanceof AppError && error.status < 500;
    await withTenant(tenantId, async (tx) => {
      await giveUp?.(tx);
      // Whether a call that failed otherwise was carried out, nobody knows.
      if (isRefused) await recordAll(tx, source, events, "withdrawn", begun);
    }).catch((failure: unknown) => {
      // What went wrong first is what the caller is told; the record says "begun", which is true.
      if (!(failure instanceof AppError)) throw failure;
    });
    throw error;
  }
}

async function recordAll(
  tx: TenantTransaction,
  source: AuditSource,
  events: readonly AuditEvent[],
  outcome: "begun" | "done" | "withdrawn",
  begun: readonly string[] = [],
): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, event] of events.entries()) {
    ids.push(await recordAudit(tx, source, { ...event, outcome }, begun[at]));
  }
  return ids;
}
