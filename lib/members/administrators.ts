import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { and, desc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import { settingsOf } from "../auth/single-sign-on/acceptance";
import { findUser, groupsOf, listUsersInGroup, type PoolUser } from "../cognito/pool-users";
import { memberDirectories, members } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { inGroups, type PoolMember, statusOf, tenantOf } from "./pool-member";

/** Longer than everything that is done under it may take (seconds). */
const HOLD_SECONDS = 60;
/** With less than half of it left, nothing more is begun (milliseconds). */
const BEGIN_WITHIN_MS = 30_000;
const WAIT_MS = 5_000;
const POLL_MS = 50;
const MAX_CANDIDATES = 5;
const MAX_PAGES = 20;

/** Whether a tenant can count on them: somebody who never signed in may never do so. */
export function isAdministrator(member: PoolMember): boolean {
  const status = statusOf(member);
  return member.role === "admin" && (status === "active" || status === "reset_required");
}

/**
 * Refuses what would leave a tenant that requires single sign-on without the one who gets in when it is down.
 *
 * @throws AppError `conflict`.
 */
export async function requireNotEmergency(tenantId: string, sub: string): Promise<void> {
  const settings = await settingsOf(tenantId);
  if (settings?.state !== "required" || settings.emergencySub !== sub) return;
  const detail = "This is the emergency administrator of single sign-on. Name another one first.";
  throw new AppError("conflict", { detail });
}

/**
 * Takes an administrator away from a tenant (`change`), if another one is left.
 *
 * @throws AppError `last_admin`; as changingAdministrators does.
 */
export async function takeAdministratorAway<T>(
  tenantId: string,
  sub: string,
  change: () => Promise<T>,
): Promise<T> {
  return changingAdministrators(tenantId, sub, (isLast) => {
    if (isLast) throw new AppError("last_admin", { detail: "Make somebody else an administrator first." });
    return change();
  });
}

/**
 * Does something (`work`) to an administrator of a tenant, and tells it whether there is no other one. One at a time per
 * tenant, on all instances: two who demote each other at once would leave none. It is held by a row and not by a
 * transaction, so that no connection waits for Cognito; the row of a process that ended in the middle is free again
 * after a minute.
 *
 * @throws AppError `conflict` when somebody else does not come to an end, `cognito_unavailable`; what `work` throws.
 */
export async function changingAdministrators<T>(
  tenantId: string,
  sub: string,
  work: (isLast: boolean) => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  await hold(tenantId, holder);
  const began = Date.now();
  try {
    const isLast = !(await hasOther(tenantId, sub));
    if (Date.now() - began > BEGIN_WITHIN_MS) throw new AppError("cognito_unavailable", { retryAfter: 5 });
    return await work(isLast);
  } finally {
    const whereHeld = and(eq(memberDirectories.tenantId, tenantId), eq(memberDirectories.holder, holder));
    await withTenant(tenantId, (tx) =>
      tx.update(memberDirectories).set({ holder: null, heldUntil: null }).where(whereHeld),
    );
  }
}

async function hold(tenantId: string, holder: string): Promise<void> {
  const heldUntil = sql`now() + make_interval(secs => ${HOLD_SECONDS})`;
  const whereFree = or(isNull(memberDirectories.heldUntil), lt(memberDirectories.heldUntil, sql`now()`));
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const held = await withTenant(tenantId, (tx) =>
      tx
        .insert(memberDirectories)
        .values({ tenantId, holder, heldUntil })
        .onConflictDoUpdate({
          target: memberDirectories.tenantId,
          set: { holder, heldUntil },
          setWhere: sql`${whereFree}`,
        })
        .returning({ tenantId: memberDirectories.tenantId }),
    );
    if (held.length === 1) return;
    await sleep(POLL_MS);
  }
  const detail = "Somebody else is changing the administrators of this tenant. Try again in a moment.";
  throw new AppError("conflict", { detail, retryAfter: 1 });
}

/** Those in our list first, each asked of Cognito; when none of them is one, the group as a whole. */
async function hasOther(tenantId: string, sub: string): Promise<boolean> {
  const whereCandidate = and(eq(members.tenantId, tenantId), eq(members.role, "admin"), ne(members.sub, sub));
  const candidates = await withTenant(tenantId, (tx) =>
    tx
      .select({ username: members.username })
      .from(members)
      .where(whereCandidate)
      .orderBy(desc(members.lastSignInAt))
      .limit(MAX_CANDIDATES),
  );
  for (const candidate of candidates) {
    const user = await findUser(candidate.username);
    if (user && counts(user, await groupsOf(user.username))) return true;
  }
  let from: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { users, next } = await listUsersInGroup("admin", from);
    if (users.some((user) => user.sub !== sub && counts(user, ["admin"]))) return true;
    if (next === null) return false;
    from = next;
  }
  return false;

  function counts(user: PoolUser, groups: string[]): boolean {
    return tenantOf(user) === tenantId && isAdministrator(inGroups(user, groups));
  }
}
