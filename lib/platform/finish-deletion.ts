import { and, desc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { settingsOf } from "../auth/single-sign-on/acceptance";
import { withDatabase } from "../db/client";
import { withLease } from "../db/lease";
import { acceptedUsers, platformEvents, provedDomains, tenants } from "../db/schema";
import { AppError } from "../errors";
import { log } from "../log";
import { removeProvider } from "../single-sign-on/remove-provider";
import { deleteRows } from "./delete-rows";
import { UserPasses } from "./delete-users";
import { BY_COMMAND, type By, recordOnPlatform } from "./platform-record";
import { tablesOfTenants } from "./tenant-tables";

/** Short of how long a lease is held. */
const STEP_MS = 20_000;
/** How often a process looks for deletions that another one began and did not live to finish. */
const LOOK_MS = 15_000;
const MOST_SECONDS_APART = 60;
/** One for all tenants: a row of each would outlive it. */
const LEASE = "deletions of tenants";

/**
 * Takes a step of a deletion that was begun: users first, then rows, the tenant itself last. One process at a time does,
 * for one tenant. What fails is kept, for whoever wants to know, and tried again by any process.
 *
 * @param passes of this process through the pool, the same from step to step.
 * @returns whether it is at its end; null while another process is at it.
 * @throws AppError `cognito_unavailable`, `database_unavailable`.
 */
export async function takeStep(id: string, passes: UserPasses): Promise<boolean | null> {
  let isOurs = false;
  const step = async () => {
    isOurs = true;
    return carryOn(id, passes, Date.now() + STEP_MS);
  };
  try {
    return await withLease(LEASE, step, { waitMs: 0 });
  } catch (error) {
    if (!isOurs && error instanceof AppError && error.code === "conflict") return null;
    await keepTrouble(id, error);
    throw error;
  }
}

/** From now on this process goes on with deletions, whoever began them. */
export function keepDeleting(): void {
  setInterval(lookForDeletions, LOOK_MS).unref();
  lookForDeletions();
}

let looking: "no" | "yes" | "once more" = "no";

/** Goes on with those whose turn it is, in the background. */
export function lookForDeletions(): void {
  if (looking !== "no") {
    looking = "once more";
    return;
  }
  looking = "yes";
  finishAll()
    .catch((error) => log("warn", "tenant.deletion_postponed", { error }))
    .finally(() => {
      const isAsked = looking === "once more";
      looking = "no";
      if (isAsked) lookForDeletions();
    });
}

async function finishAll(): Promise<void> {
  const whereDue = and(
    isNotNull(tenants.deletingAt),
    or(isNull(tenants.deletionAfter), lte(tenants.deletionAfter, sql`now()`)),
  );
  const tried = new Set<string>();
  for (;;) {
    const due = await withDatabase((db) => db.select({ id: tenants.id }).from(tenants).where(whereDue));
    const next = due.find(({ id }) => !tried.has(id));
    if (!next) return;
    tried.add(next.id);
    await finish(next.id).catch((error) =>
      log("warn", "tenant.deletion_postponed", { tenant: next.id, error }),
    );
  }
}

async function finish(id: string): Promise<void> {
  const passes = new UserPasses(id);
  while ((await takeStep(id, passes)) === false);
}

async function carryOn(id: string, passes: UserPasses, deadline: number): Promise<boolean> {
  // Another process may have come to the end meanwhile; and an id may be made anew.
  if (!(await isBeingDeleted(id))) return true;
  if ((await settingsOf(id))?.kind) await removeProvider(id);
  if (!(await passes.goOn(deadline, () => keepProgress(id, { users: 1 })))) return false;
  for (const table of await tablesOfTenants()) {
    for (let isOver = false; !isOver; ) {
      if (Date.now() > deadline) return false;
      const gone = await deleteRows(table, id);
      if (gone.count > 0) await keepProgress(id, { rows: gone.count });
      isOver = gone.isOver;
    }
  }
  await end(id);
  return true;
}

async function isBeingDeleted(id: string): Promise<boolean> {
  const whereSo = and(eq(tenants.id, id), isNotNull(tenants.deletingAt));
  return (await withDatabase((db) => db.select({ id: tenants.id }).from(tenants).where(whereSo))).length > 0;
}

/** Users are counted one by one, rows by the batch. */
async function keepProgress(id: string, { users = 0, rows = 0 }): Promise<void> {
  const set = {
    deletedUsers: sql`${tenants.deletedUsers} + ${users}::int`,
    deletedRows: sql`${tenants.deletedRows} + ${rows}::int`,
    deletionTrouble: null,
    deletionTries: 0,
  };
  await withDatabase((db) => db.update(tenants).set(set).where(eq(tenants.id, id)));
}

async function keepTrouble(id: string, error: unknown): Promise<void> {
  const deletionTrouble = error instanceof AppError ? error.code : "internal_error";
  const set = {
    deletionTrouble,
    deletionTries: sql`${tenants.deletionTries} + 1`,
    deletionAfter: sql`now() + make_interval(secs => least(${MOST_SECONDS_APART}, 1 + 5 * ${tenants.deletionTries}))`,
  };
  await withDatabase((db) =>
    db
      .update(tenants)
      .set(set)
      .where(and(eq(tenants.id, id), isNotNull(tenants.deletingAt))),
  ).catch((failure) => log("warn", "tenant.deletion_trouble_not_kept", { tenant: id, error: failure }));
}

/** The tenant goes last, with the record of it, by whoever began. */
async function end(id: string): Promise<void> {
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      await tx.delete(provedDomains).where(eq(provedDomains.tenant, id));
      await tx.delete(acceptedUsers).where(eq(acceptedUsers.tenant, id));
      const [gone] = await tx.delete(tenants).where(eq(tenants.id, id)).returning();
      if (!gone) return;
      const [begun] = await tx
        .select()
        .from(platformEvents)
        .where(
          and(
            eq(platformEvents.tenant, id),
            eq(platformEvents.action, "tenant.deleted"),
            eq(platformEvents.outcome, "begun"),
          ),
        )
        .orderBy(desc(platformEvents.createdAt), desc(platformEvents.id))
        .limit(1);
      const by: By = begun?.actorSub
        ? { ...BY_COMMAND, principal: { sub: begun.actorSub, email: begun.actorName } }
        : BY_COMMAND;
      const detail = { users: gone.deletedUsers, rows: gone.deletedRows };
      await recordOnPlatform(tx, by, id, { action: "tenant.deleted", detail });
    }),
  );
}
