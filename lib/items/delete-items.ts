import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import type { ItemOutcome } from "./contract";
import { mayDelete } from "./may-delete";
import { deletedItems, ITEM_COLUMNS, items, RESTORABLE_MINUTES } from "./tables";

/**
 * Deletes up to 100 items at once, as `deleteItem` deletes one, and says of each what became of it, in the order asked.
 * One that may not be deleted keeps none of the others back. For an hour `restoreItems` puts them back.
 */
export async function deleteItems(tenant: TenantContext, ids: string[]): Promise<ItemOutcome[]> {
  const { tenantId } = tenant;
  const whereThese = (these: string[]) => and(eq(items.tenantId, tenantId), inArray(items.id, these));
  return withTenant(tenantId, async (tx) => {
    // Always in this order: two who take the same ones would otherwise wait for each other.
    const rows = await tx
      .select(ITEM_COLUMNS)
      .from(items)
      .where(whereThese(ids))
      .orderBy(asc(items.id))
      .for("update");
    const allowed = rows.filter((row) => mayDelete(tenant, row));
    if (allowed.length > 0) {
      const deletedAt = new Date();
      await Promise.all([
        tx.delete(items).where(whereThese(allowed.map(({ id }) => id))),
        announce(
          tx,
          tenantId,
          "items",
          allowed.map(({ id }) => id),
        ),
        tx.insert(deletedItems).values(allowed.map((row) => ({ ...row, deletedAt }))),
        ...allowed.map(({ id, name }) =>
          recordAudit(tx, tenant, { action: "item.deleted", subject: { id, label: name } }),
        ),
      ]);
    }
    return outcomes(ids, rows, allowed);
  });
}

/** Puts up to 100 items back, as `restoreItem` puts back one, and says of each what became of it. */
export async function restoreItems(tenant: TenantContext, ids: string[]): Promise<ItemOutcome[]> {
  const { tenantId } = tenant;
  const whereThese = (these: string[]) =>
    and(
      eq(deletedItems.tenantId, tenantId),
      inArray(deletedItems.id, these),
      gte(deletedItems.deletedAt, sql`now() - make_interval(mins => ${RESTORABLE_MINUTES})`),
    );
  return withTenant(tenantId, async (tx) => {
    const rows = await tx.select().from(deletedItems).where(whereThese(ids));
    const allowed = rows.filter((row) => mayDelete(tenant, row)).map(({ id }) => id);
    if (allowed.length === 0) return outcomes(ids, rows, []);
    // What somebody else puts back meanwhile is not here any more.
    const taken = await tx.delete(deletedItems).where(whereThese(allowed)).returning();
    if (taken.length > 0) {
      await Promise.all([
        announce(
          tx,
          tenantId,
          "items",
          taken.map(({ id }) => id),
        ),
        tx.insert(items).values(taken.map(({ deletedAt, ...item }) => item)),
        ...taken.map(({ id, name }) =>
          recordAudit(tx, tenant, { action: "item.restored", subject: { id, label: name } }),
        ),
      ]);
    }
    return outcomes(ids, rows, taken);
  });
}

function outcomes(ids: string[], found: { id: string }[], done: { id: string }[]): ItemOutcome[] {
  const has = (rows: { id: string }[], id: string) => rows.some((row) => row.id === id);
  return ids.map((id) => ({
    id,
    outcome: has(done, id) ? "done" : has(found, id) ? "forbidden" : "not_found",
  }));
}
