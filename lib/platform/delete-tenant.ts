import { and, eq, getTableName, isNull, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { endAccess } from "../auth/endings/end-access";
import { settingsOf } from "../auth/single-sign-on/acceptance";
import { listUsers, listUsersInGroup, type PoolPage, type PoolUser } from "../cognito/pool-users";
import { deleteUser, disableUser } from "../cognito/user-administration";
import { withDatabase } from "../db/client";
import { acceptedUsers, knownDevices, members, provedDomains, tenants } from "../db/schema";
import { announceToAll } from "../db/tenant-notices";
import { becomeTenant, withTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import { tenantOf } from "../members/pool-member";
import { removeProvider } from "../single-sign-on/remove-provider";
import { type By, recordOnPlatform } from "./platform-record";
import { tablesOfTenants } from "./tenant-tables";

/** Small, so that a statement stays far below its limit. */
const ROWS_AT_ONCE = 500;

export type Deleted = { users: number; rows: number };

/**
 * Deletes a tenant with everything that is its own: first nobody of it is served any more, then its users are disabled
 * and deleted at Cognito, then its rows go, and itself last. What breaks off stays refused, and is brought to its end by
 * the same again. The platform's record tells of the beginning and of the end, and is kept; tokens of before are refused
 * by it until somebody makes a tenant of that id again.
 *
 * @returns what went this time.
 * @throws AppError `unknown_tenant`; `conflict` where everybody is in one tenant, and while somebody of the platform's own
 *   staff is at home in it; `cognito_unavailable`, `database_unavailable`.
 */
export async function deleteTenant(by: By, id: string): Promise<Deleted> {
  if (!env().MULTI_TENANT_ENABLED) {
    throw new AppError("conflict", { detail: "With MULTI_TENANT_ENABLED=0 everybody is in one tenant." });
  }
  await requireNoStaff(id);
  await begin(by, id);
  if ((await settingsOf(id))?.kind) await removeProvider(id);
  const users = await deleteUsers(id);
  let rows = 0;
  for (const table of await tablesOfTenants()) rows += await deleteRows(table, id);
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      await tx.delete(provedDomains).where(eq(provedDomains.tenant, id));
      await tx.delete(acceptedUsers).where(eq(acceptedUsers.tenant, id));
      await tx.delete(tenants).where(eq(tenants.id, id));
      await recordOnPlatform(tx, by, id, { action: "tenant.deleted", detail: { users, rows } });
    }),
  );
  return { users, rows };
}

async function begin(by: By, id: string): Promise<void> {
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const now = new Date();
      const found = await tx
        .update(tenants)
        .set({ deletingAt: now })
        .where(and(eq(tenants.id, id), isNull(tenants.deletingAt)))
        .returning({ id: tenants.id });
      if (found.length === 0 && (await tx.select().from(tenants).where(eq(tenants.id, id))).length === 0) {
        throw new AppError("unknown_tenant");
      }
      await recordOnPlatform(tx, by, id, { action: "tenant.deleted", outcome: "begun" });
      await becomeTenant(tx, id);
      await announceToAll(tx, id);
    }),
  );
}

/**
 * Refuses what would take the platform's own staff away: with its last operator it would lose whoever can help.
 *
 * @throws AppError `conflict` while somebody of it is at home in the tenant, `cognito_unavailable`.
 */
export async function requireNoStaff(id: string): Promise<void> {
  const staff = await usersOf(id, (from) => listUsersInGroup("operator", from));
  if (staff.length === 0) return;
  const who = staff.map(({ email, username }) => email ?? username).join(", ");
  throw new AppError("conflict", {
    detail: `The platform's own staff is at home in ${id} (${who}): give them another tenant first (npm run user:tenant).`,
  });
}

/** Until a pass through the pool finds nobody: somebody may have been on the way in. */
async function deleteUsers(id: string): Promise<number> {
  const gone = new Set<string>();
  for (;;) {
    const found = (await usersOf(id, listUsers)).filter(({ sub }) => !gone.has(sub));
    if (found.length === 0) break;
    for (const user of found) {
      await endAccess(user);
      await forgetDevices(user.sub);
      await disable(user.username);
      await deleteUser(user.username);
      gone.add(user.sub);
    }
  }
  // Whom the pool has no more may have a token still.
  const listed = await withTenant(id, (tx) =>
    tx.select({ sub: members.sub, username: members.username }).from(members).where(eq(members.tenantId, id)),
  );
  for (const user of listed.filter(({ sub }) => !gone.has(sub))) {
    await endAccess(user);
    await forgetDevices(user.sub);
  }
  return gone.size;
}

async function forgetDevices(sub: string): Promise<void> {
  await withDatabase((db) => db.delete(knownDevices).where(eq(knownDevices.sub, sub)));
}

/** Disabled first: what breaks off before the user is gone lets nobody in. */
async function disable(username: string): Promise<void> {
  try {
    await disableUser(username);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
  }
}

async function usersOf(id: string, page: (from: string | null) => Promise<PoolPage>): Promise<PoolUser[]> {
  const found: PoolUser[] = [];
  let from: string | null = null;
  do {
    const { users, next }: PoolPage = await page(from);
    found.push(...users.filter((user) => tenantOf(user) === id));
    from = next;
  } while (from !== null);
  return found;
}

/** What `app_user` may not delete, housekeeping does: its policies show it the rows of a tenant that is being deleted. */
async function deleteRows(table: PgTable, id: string): Promise<number> {
  for (let total = 0; ; ) {
    const count = await withDatabase((db) =>
      db.transaction(async (tx) => {
        const { rows: asked } = (await tx.execute(
          sql`select has_table_privilege('app_user', ${getTableName(table)}, 'delete') as own`,
        )) as unknown as { rows: { own: boolean }[] };
        if (asked[0]?.own) await becomeTenant(tx, id);
        else await tx.execute(sql`select set_config('role', 'app_housekeeping', true)`);
        const { rows } = (await tx.execute(sql`
          with gone as (
            delete from ${table} where tenant_id = ${id} and ctid = any (array(
              select ctid from ${table} where tenant_id = ${id} limit ${ROWS_AT_ONCE}
            )) returning 1
          ) select count(*)::int as count from gone`)) as unknown as { rows: { count: number }[] };
        return rows[0]?.count ?? 0;
      }),
    );
    total += count;
    if (count < ROWS_AT_ONCE) return total;
  }
}
