import { and, eq, isNull } from "drizzle-orm";
import { listUsersInGroup, type PoolPage } from "../cognito/pool-users";
import { withDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { announceToAll } from "../db/tenant-notices";
import { becomeTenant } from "../db/with-tenant";
import { env } from "../env";
import { AppError } from "../errors";
import { tenantOf } from "../members/pool-member";
import { type By, recordOnPlatform } from "./platform-record";

/**
 * Begins to delete a tenant: from now on nobody of it is served, and `finish-deletion` does the rest. For one that is being
 * deleted it does nothing but have it tried again now.
 *
 * @throws AppError `unknown_tenant`; `conflict` where everybody is in one tenant, and while somebody of the platform's own
 *   staff is at home in it; `cognito_unavailable`, `database_unavailable`.
 */
export async function beginDeletion(by: By, id: string): Promise<void> {
  if (!env().MULTI_TENANT_ENABLED) {
    throw new AppError("conflict", { detail: "With MULTI_TENANT_ENABLED=0 everybody is in one tenant." });
  }
  await requireNoStaff(id);
  await withDatabase((db) =>
    db.transaction(async (tx) => {
      const begun = await tx
        .update(tenants)
        .set({ deletingAt: new Date() })
        .where(and(eq(tenants.id, id), isNull(tenants.deletingAt)))
        .returning({ id: tenants.id });
      if (begun.length === 0) {
        const again = tx.update(tenants).set({ deletionAfter: null }).where(eq(tenants.id, id));
        if ((await again.returning({ id: tenants.id })).length === 0) throw new AppError("unknown_tenant");
        return;
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
  const staff: string[] = [];
  let from: string | null = null;
  do {
    const { users, next }: PoolPage = await listUsersInGroup("operator", from);
    const own = users.filter((user) => tenantOf(user) === id);
    staff.push(...own.map(({ email, username }) => email ?? username));
    from = next;
  } while (from !== null);
  if (staff.length === 0) return;
  throw new AppError("conflict", {
    detail: `The platform's own staff is at home in ${id} (${staff.join(", ")}): give them another tenant first (npm run user:tenant).`,
  });
}
