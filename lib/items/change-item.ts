import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { detailOf, type Expected, whereExpected } from "../db/expected-version";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Item, type ItemChange, toItem } from "./contract";
import { itemFields, items } from "./tables";

/**
 * Changes an item, if it is of an expected version: only if nobody changed it since.
 *
 * @throws AppError `not_found`, `precondition_failed`.
 */
export async function changeItem(
  tenant: TenantContext,
  id: string,
  change: ItemChange,
  expected: Expected,
): Promise<Item> {
  const { tenantId } = tenant;
  const whereItem = and(eq(items.tenantId, tenantId), eq(items.id, id));
  return withTenant(tenantId, async (tx) => {
    const [row] = await tx
      .update(items)
      .set({ ...change, version: sql`${items.version} + 1`, updatedAt: new Date() })
      .where(and(whereItem, whereExpected(items.version, expected)))
      .returning(itemFields(tenant));
    if (!row) {
      const exists = await tx.$count(items, whereItem);
      throw exists ? new AppError("precondition_failed", detailOf(expected)) : new AppError("not_found");
    }
    const subject = { id, label: row.name };
    await Promise.all([
      recordAudit(tx, tenant, { action: "item.changed", subject, detail: { version: row.version } }),
      announce(tx, tenantId, "items", [id]),
    ]);
    return toItem(row);
  });
}
