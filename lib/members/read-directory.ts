import { and, eq, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import { recordAuditApart } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { listUsers, listUsersInGroup, type PoolPage, type PoolUser } from "../cognito/pool-users";
import { memberDirectories, members } from "../db/schema";
import { type Reads, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { ROLE_NAMES } from "../roles";
import type { DirectoryReading } from "./contract";
import { saveMembers } from "./member-rows";
import { inGroups, tenantOf } from "./pool-member";

/** A tenant's directory is read once in this time (seconds): each reading goes through the whole pool. */
const APART_SECONDS = 60;
/** How much of the pool is gone through at once: pages of 60, and milliseconds. */
const MAX_PAGES = 100;
const MAX_MS = 15_000;

/**
 * Looks for members who were created elsewhere: on the AWS console, by Terraform or a script. Goes through the user
 * pool, up to MAX_PAGES and MAX_MS, and takes over who belongs to this tenant; who is gone from it is removed from the
 * list, if the whole pool was seen.
 *
 * @throws AppError `rate_limited` within a minute of the last time, `cognito_unavailable`.
 */
export async function readDirectory(tenant: TenantContext): Promise<DirectoryReading> {
  const { tenantId } = tenant;
  if (!(await takeTurn(tenantId, APART_SECONDS))) {
    throw new AppError("rate_limited", {
      retryAfter: APART_SECONDS,
      detail: "This was done within the last minute.",
    });
  }
  const reading = await read(tenantId);
  const { found, removed, complete } = reading;
  await recordAuditApart(tenant, { action: "member.directory_read", detail: { found, removed, complete } });
  return reading;
}

/** The same for a tenant whose directory was never read, and nothing for any other. @throws AppError `cognito_unavailable`. */
export async function readDirectoryOnce({ tenantId }: Pick<TenantContext, "tenantId">): Promise<void> {
  if (await takeTurn(tenantId, null)) await read(tenantId);
}

/** Whether a tenant's directory was read, or is being read: nothing is taken for that. */
export async function isDirectoryRead(reads: Pick<Reads, "select">, tenantId: string): Promise<boolean> {
  const [row] = await reads
    .select({ readAt: memberDirectories.readAt })
    .from(memberDirectories)
    .where(eq(memberDirectories.tenantId, tenantId));
  return row !== undefined && row.readAt !== null;
}

/** @param apart seconds since the last turn; null: there must have been none. */
function takeTurn(tenantId: string, apart: number | null): Promise<boolean> {
  const never = isNull(memberDirectories.readAt);
  const longAgo =
    apart === null ? undefined : lt(memberDirectories.readAt, sql`now() - make_interval(secs => ${apart})`);
  return withTenant(tenantId, async (tx) => {
    const taken = await tx
      .insert(memberDirectories)
      .values({ tenantId, readAt: sql`now()` })
      .onConflictDoUpdate({
        target: memberDirectories.tenantId,
        set: { readAt: sql`now()` },
        setWhere: sql`${or(never, longAgo)}`,
      })
      .returning({ tenantId: memberDirectories.tenantId });
    return taken.length === 1;
  });
}

async function read(tenantId: string): Promise<DirectoryReading> {
  try {
    return await goThroughPool(tenantId);
  } catch (error) {
    // Nothing was learned, so that the next try need not wait.
    const whereDirectory = eq(memberDirectories.tenantId, tenantId);
    await withTenant(tenantId, (tx) =>
      tx.update(memberDirectories).set({ readAt: null }).where(whereDirectory),
    );
    throw error;
  }
}

async function goThroughPool(tenantId: string): Promise<DirectoryReading> {
  const began = new Date();
  const budget = { pages: MAX_PAGES, until: began.getTime() + MAX_MS };
  const groups = new Map<string, string[]>();
  let complete = true;
  for (const group of ROLE_NAMES) {
    const all = await eachPage(
      budget,
      (from) => listUsersInGroup(group, from),
      async (users) => {
        for (const { username } of users) groups.set(username, [...(groups.get(username) ?? []), group]);
      },
    );
    complete &&= all;
  }
  const seen: string[] = [];
  // A role that is only half known is not written down: without its group, a member would be listed as a viewer.
  if (complete) {
    complete = await eachPage(budget, listUsers, async (users) => {
      const own = users.filter((user) => tenantOf(user) === tenantId);
      seen.push(...own.map(({ sub }) => sub));
      const found = own.map((user) => inGroups(user, groups.get(user.username) ?? []));
      await withTenant(tenantId, (tx) => saveMembers(tx, tenantId, found));
    });
  }
  const removed = complete ? await removeOthers(tenantId, seen, began) : 0;
  return { found: seen.length, removed, complete };
}

/** @returns whether the last page was reached within the budget. */
async function eachPage(
  budget: { pages: number; until: number },
  page: (from: string | null) => Promise<PoolPage>,
  take: (users: PoolUser[]) => Promise<void>,
): Promise<boolean> {
  let from: string | null = null;
  do {
    if (budget.pages <= 0 || Date.now() >= budget.until) return false;
    budget.pages -= 1;
    const { users, next }: PoolPage = await page(from);
    await take(users);
    from = next;
  } while (from !== null);
  return true;
}

/** Who was not seen, unless the row is younger than the reading: somebody invited meanwhile. */
async function removeOthers(tenantId: string, seen: string[], began: Date): Promise<number> {
  const whereOther = and(
    eq(members.tenantId, tenantId),
    notInArray(members.sub, seen),
    lt(members.updatedAt, began),
  );
  const removed = await withTenant(tenantId, (tx) =>
    tx.delete(members).where(whereOther).returning({ sub: members.sub }),
  );
  return removed.length;
}
