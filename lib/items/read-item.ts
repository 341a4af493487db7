import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Item, toItem } from "./contract";
import { itemFields, items } from "./tables";

/** @throws AppError `not_found`, the same for an id of another tenant and one that never was. */
export async function readItem(tenant: TenantContext, id: string): Promise<Item> {
  const { tenantId } = tenant;
  const [row] = await readTenant(tenantId, (tx) =>
    tx
      .select(itemFields(tenant))
      .from(items)
      .where(and(eq(items.tenantId, tenantId), eq(items.id, id))),
  );
  if (!row) throw new AppError("not_found");
  return toItem(row);
}
