import { v7 as uuidv7 } from "uuid";
import type { TenantContext } from "../auth/tenant";
import { items } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { type Item, type NewItem, toItem } from "./contract";

/** Adds an item to the caller's tenant, owned by the caller. */
export async function createItem({ tenantId, principal }: TenantContext, input: NewItem): Promise<Item> {
  const now = new Date();
  const row = {
    ...input,
    tenantId,
    id: uuidv7(),
    ownerSub: principal.sub,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await withTenant(tenantId, (tx) => tx.insert(items).values(row));
  return toItem(row);
}
