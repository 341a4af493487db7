import { and, eq, gt } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { type HeardOf, type Looked, type Watch, type WatchSign, watchTopic } from "../auth/tenancy/watch";
import { readTenant } from "../db/with-tenant";
import { deletedItems, items } from "./tables";

/** Items were added, changed, deleted or put back: list them anew. */
export type ItemsChange = { type: "changed"; at: Date };

/**
 * Tells that items of the tenant change from now on, or have since `since`; not which: whoever lists them asks under their
 * own rights, filter and order.
 *
 * @throws AppError as watchTopic does.
 */
export function watchItems(
  tenant: TenantContext,
  watch: Watch,
): AsyncGenerator<ItemsChange | WatchSign, void> {
  return eventsOf(watchTopic(tenant, "items", watch, haveChanged));
}

async function* eventsOf(
  watched: AsyncIterable<Looked<boolean> | WatchSign>,
): AsyncGenerator<ItemsChange | WatchSign, void> {
  for await (const event of watched) {
    if (event.type !== "looked") yield event;
    else if (event.found) yield { type: "changed", at: event.at };
  }
}

/** Whether an item was written or deleted. */
async function haveChanged({ tenantId }: TenantContext, { ids, missedSince }: HeardOf): Promise<boolean> {
  if (ids.length > 0 || missedSince === null) return true;
  const [written, deleted] = await readTenant(tenantId, (tx) =>
    Promise.all([
      tx
        .select({ id: items.id })
        .from(items)
        .where(and(eq(items.tenantId, tenantId), gt(items.updatedAt, missedSince)))
        .limit(1),
      tx
        .select({ id: deletedItems.id })
        .from(deletedItems)
        .where(and(eq(deletedItems.tenantId, tenantId), gt(deletedItems.deletedAt, missedSince)))
        .limit(1),
    ]),
  );
  return written.length + deleted.length > 0;
}
