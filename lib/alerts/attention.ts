import { and, desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { type Alert, toAlert } from "./contract";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** `criticals` is how many there are; `newest` the last of them. */
export type Attention = { criticals: number; newest: Alert[] };

/** What of the alerts that the caller may see is open and wants to be looked at, at most `limit`. */
export async function alertsToAttend(tenant: TenantContext, limit: number): Promise<Attention> {
  const whereOpen = and(visibleAlerts(tenant), eq(alerts.status, "open"));
  const whereCritical = and(whereOpen, eq(alerts.severity, "critical"));
  return readTenant(tenant.tenantId, async (tx) => {
    const [criticals, newest] = await Promise.all([
      tx.$count(alerts, whereCritical),
      tx
        .select(alertFields(tenant))
        .from(alerts)
        .where(whereCritical)
        .orderBy(desc(alerts.createdAt), desc(alerts.id))
        .limit(limit),
    ]);
    return { criticals, newest: newest.map(toAlert) };
  });
}
