import { and, desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { type Alert, toAlert } from "./contract";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** `criticals` is how many there are; `newest` the last of them; `logins` the newest ones nobody has looked at. */
export type Attention = { criticals: number; newest: Alert[]; logins: Alert[] };

/** What of the alerts that the caller may see is open and wants to be looked at, at most `limit` of each kind. */
export async function alertsToAttend(tenant: TenantContext, limit: number): Promise<Attention> {
  const whereOpen = and(visibleAlerts(tenant), eq(alerts.status, "open"));
  const whereCritical = and(whereOpen, eq(alerts.severity, "critical"));
  const whereLogin = and(whereOpen, eq(alerts.notice, "new_login"));
  return readTenant(tenant.tenantId, async (tx) => {
    const newestOf = (which: typeof whereOpen) =>
      tx
        .select(alertFields(tenant))
        .from(alerts)
        .where(which)
        .orderBy(desc(alerts.createdAt), desc(alerts.id))
        .limit(limit);
    const [criticals, newest, logins] = await Promise.all([
      tx.$count(alerts, whereCritical),
      newestOf(whereCritical),
      newestOf(whereLogin),
    ]);
    return { criticals, newest: newest.map(toAlert), logins: logins.map(toAlert) };
  });
}
