import { v7 as uuidv7 } from "uuid";
import { recordAudit } from "../audit/record";
import { callerAsPerson } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { onlyOnce } from "../db/only-once";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { type Item, type NewItem, toOwnItem } from "./contract";
import { items } from "./tables";

/**
 * Adds an item to the caller's tenant, owned by the caller.
 *
 * @param idempotencyKey with the same key, the same request is carried out once and answered alike for a day.
 * @throws AppError `idempotency_key_reused`.
 */
export async function createItem(
  tenant: TenantContext,
  input: NewItem,
  idempotencyKey: string | null = null,
): Promise<Item> {
  const { tenantId, principal } = tenant;
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
  const once = {
    tenantId,
    ownerSub: principal.sub,
    operation: "createItem",
    key: idempotencyKey,
    input,
    answer: toOwnItem(row),
  };
  const subject = { id: row.id, label: row.name };
  return withTenant(tenantId, async (tx) => {
    const work = () =>
      Promise.all([
        tx.insert(items).values(row),
        recordAudit(tx, tenant, { action: "item.created", subject }),
        announce(tx, tenantId, "items", [row.id]),
      ]);
    const [answer, owner] = await Promise.all([onlyOnce(tx, once, work), callerAsPerson(tx, tenant)]);
    return { ...answer, owner };
  });
}
