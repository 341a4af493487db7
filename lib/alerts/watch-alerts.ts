import { and, asc, gt, inArray } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { type HeardOf, type Looked, type Watch, type WatchSign, watchTopic } from "../auth/tenancy/watch";
import { readTenant } from "../db/with-tenant";
import { type Alert, toAlert } from "./contract";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** More than a page shows: it had better be read anew. */
const MOST_AT_ONCE = 100;

/** `at` is what to give as `since` next time. */
export type AlertsChange =
  | { type: "alerts"; alerts: Alert[]; at: Date }
  /** Too much has changed to tell: read the list anew. */
  | { type: "reset"; at: Date };

/**
 * Tells every alert that changes from now on (or has since `since`) and that the caller may see, as it then is.
 *
 * @throws AppError as watchTopic does.
 */
export function watchAlerts(
  tenant: TenantContext,
  watch: Watch,
): AsyncGenerator<AlertsChange | WatchSign, void> {
  return eventsOf(watchTopic(tenant, "alerts", watch, visibleNow));
}

async function* eventsOf(
  watched: AsyncIterable<Looked<Alert[]> | WatchSign>,
): AsyncGenerator<AlertsChange | WatchSign, void> {
  for await (const event of watched) {
    if (event.type !== "looked") {
      yield event;
      continue;
    }
    const { found, hasGap, at } = event;
    if (found.length > MOST_AT_ONCE) yield { type: "reset", at };
    else if (found.length > 0 || hasGap) yield { type: "alerts", alerts: found, at };
  }
}

function visibleNow(tenant: TenantContext, { ids, missedSince }: HeardOf): Promise<Alert[]> {
  const which = missedSince ? gt(alerts.updatedAt, missedSince) : inArray(alerts.id, ids);
  return readTenant(tenant.tenantId, async (tx) => {
    const rows = await tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(and(visibleAlerts(tenant), which))
      .orderBy(asc(alerts.updatedAt), asc(alerts.id))
      .limit(MOST_AT_ONCE + 1);
    return rows.map(toAlert);
  });
}
