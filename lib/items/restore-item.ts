import { and, eq, gte, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { detailOf, type Expected, isExpected } from "../db/expected-version";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Item, toItem } from "./contract";
import { mayDelete } from "./may-delete";
import { deletedItems, itemFields, items, RESTORABLE_MINUTES } from "./tables";

/**
 * Puts an item back that was deleted within the last hour, as it was, with its version. Who may delete it may put it
 * back. If it is of an expected version.
 *
 * @throws AppError `not_found` for one that was not deleted, or too long ago; `forbidden`, `precondition_failed`.
 */
export async function restoreItem(tenant: TenantContext, id: string, expected: Expected): Promise<Item> {
  const { tenantId } = tenant;
  const whereItem = and(
    eq(deletedItems.tenantId, tenantId),
    eq(deletedItems.id, id),
    gte(deletedItems.deletedAt, sql`now() - make_interval(mins => ${RESTORABLE_MINUTES})`),
  );
  return withTenant(tenantId, async (tx) => {
    const [row] = await tx.delete(deletedItems).where(whereItem).returning();
    if (!row) throw new AppError("not_found");
    if (!mayDelete(tenant, row)) throw new AppError("forbidden");
    if (!isExpected(row.version, expected)) throw new AppError("precondition_failed", detailOf(expected));
    const { deletedAt, ...item } = row;
    const [[back]] = await Promise.all([
      tx.insert(items).values(item).returning(itemFields(tenant)),
      recordAudit(tx, tenant, { action: "item.restored", subject: { id, label: row.name } }),
      announce(tx, tenantId, "items", [id]),
    ]);
    if (!back) throw new Error("an item was put back and is not there");
    return toItem(back);
  });
}
