import { desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { type Item, toItem } from "./contract";
import { itemFields, items } from "./tables";

/** The items of the tenant that were added or changed last, at most `limit`. */
export async function recentItems(tenant: TenantContext, limit: number): Promise<Item[]> {
  const { tenantId } = tenant;
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(itemFields(tenant))
      .from(items)
      .where(eq(items.tenantId, tenantId))
      .orderBy(desc(items.updatedAt), desc(items.id))
      .limit(limit),
  );
  return rows.map(toItem);
}
