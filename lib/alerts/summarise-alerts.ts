import { and, count, eq, gte, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { type AlertSummary, SUMMARY_DAYS } from "./contract";
import { alerts } from "./tables";
import { visibleAlerts } from "./visible";

const NONE = { info: 0, warning: 0, critical: 0 };

/**
 * How many alerts the caller may see: the open ones, and those raised on each of the last 14 days, by severity.
 *
 * @param zone an IANA time zone, whose days are counted.
 */
export async function summariseAlerts(tenant: TenantContext, zone: string): Promise<AlertSummary> {
  // Grouped and ordered by its place in the list: the zone would be another parameter each time, another expression.
  const day = sql<string>`to_char(${alerts.createdAt} at time zone ${zone}, 'YYYY-MM-DD')`;
  const first = sql`(date_trunc('day', now() at time zone ${zone}) - make_interval(days => ${SUMMARY_DAYS - 1}))
    at time zone ${zone}`;
  const rows = await readTenant(tenant.tenantId, async (tx) => {
    const raised = tx
      .select({ day: day.as("day"), severity: alerts.severity, count: count().as("count") })
      .from(alerts)
      .where(and(visibleAlerts(tenant), gte(alerts.createdAt, first)))
      .groupBy(sql`1`, sql`2`);
    const open = tx
      .select({ day: sql<string>`'open'`.as("day"), severity: alerts.severity, count: count().as("count") })
      .from(alerts)
      .where(and(visibleAlerts(tenant), eq(alerts.status, "open")))
      .groupBy(sql`1`, sql`2`);
    return unionAll(raised, open);
  });
  const countsOf = (wanted: string) => ({
    ...NONE,
    ...Object.fromEntries(
      rows.filter(({ day }) => day === wanted).map(({ severity, count }) => [severity, count]),
    ),
  });
  const days = lastDays(zone).map((date) => ({ date, ...countsOf(date) }));
  return { time_zone: zone, open: countsOf("open"), days };
}

/** The dates of the last days in a zone, the oldest first. */
function lastDays(zone: string): string[] {
  // Sweden writes a date as ISO 8601 does.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date());
  return Array.from({ length: SUMMARY_DAYS }, (_, index) => {
    const date = new Date(`${today}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - (SUMMARY_DAYS - 1 - index));
    return date.toISOString().slice(0, 10);
  });
}
