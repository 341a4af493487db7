import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { detailOf, type Expected, isExpected } from "../db/expected-version";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { mayDelete } from "./may-delete";
import { deletedItems, ITEM_COLUMNS, items } from "./tables";

/**
 * Deletes an item: one's own, or anyone's as an admin. If it is of an expected version.
 * For an hour `restoreItem` puts it back; then it goes for good.
 *
 * @throws AppError `not_found`, `forbidden`, `precondition_failed`.
 */
export async function deleteItem(tenant: TenantContext, id: string, expected: Expected): Promise<void> {
  const { tenantId } = tenant;
  const whereItem = and(eq(items.tenantId, tenantId), eq(items.id, id));
  await withTenant(tenantId, async (tx) => {
    const [row] = await tx.select(ITEM_COLUMNS).from(items).where(whereItem).for("update");
    if (!row) throw new AppError("not_found");
    if (!mayDelete(tenant, row)) throw new AppError("forbidden");
    if (!isExpected(row.version, expected)) throw new AppError("precondition_failed", detailOf(expected));
    await Promise.all([
      tx.delete(items).where(whereItem),
      tx.insert(deletedItems).values({ ...row, deletedAt: new Date() }),
      recordAudit(tx, tenant, { action: "item.deleted", subject: { id, label: row.name } }),
      announce(tx, tenantId, "items", [id]),
    ]);
  });
}
