import { and, count, gte, inArray, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { type AlertSummary, SUMMARY_DAYS } from "./contract";
import { SEVERITIES } from "./kinds";
import { alerts } from "./tables";
import { visibleParts } from "./visible";

/** In place of a day, which are counted from 1. */
const OPEN = 0;
const NONE = { info: 0, warning: 0, critical: 0 };

/**
 * How many alerts the caller may see: the open ones, and those raised on each of the last 14 days, by severity.
 *
 * @param zone an IANA time zone, whose days are counted.
 */
export async function summariseAlerts(tenant: TenantContext, zone: string): Promise<AlertSummary> {
  const dates = lastDays(zone);
  const today = sql`${dates.at(-1)}::timestamp`;
  // Where each day begins, found out once: a date made of each row's moment would take longer than all the rest.
  const beginnings = sql`array(select (${today} - make_interval(days => ago)) at time zone ${zone}
    from generate_series(${SUMMARY_DAYS - 1}::int, 0, -1) ago)`;
  const day = sql<number>`width_bucket(${alerts.createdAt}, ${beginnings})`;
  const first = sql`(${today} - make_interval(days => ${SUMMARY_DAYS - 1})) at time zone ${zone}`;
  // All there are: named, they let the index go on to the moments.
  const whereRaised = and(inArray(alerts.severity, [...SEVERITIES]), gte(alerts.createdAt, first));
  const [ofTenant, ofCaller] = visibleParts(tenant);
  const rows = await readTenant(tenant.tenantId, (tx) => {
    const counted = (day: SQL<number>, where: SQL | undefined) =>
      tx
        .select({ day: day.as("day"), severity: alerts.severity, count: count().as("count") })
        .from(alerts)
        .where(where)
        .groupBy(sql`1`, sql`2`);
    const raised = (part: SQL | undefined) => counted(day, and(part, whereRaised));
    const open = (part: SQL | undefined) =>
      counted(sql`${OPEN}::int`, and(part, sql`${alerts.status} = 'open'`));
    return unionAll(raised(ofTenant), raised(ofCaller), open(ofTenant), open(ofCaller));
  });
  const countsOf = (wanted: number) => {
    const counts = { ...NONE };
    for (const { day, severity, count } of rows) if (day === wanted) counts[severity] += count;
    return counts;
  };
  const days = dates.map((date, index) => ({ date, ...countsOf(index + 1) }));
  return { time_zone: zone, open: countsOf(OPEN), days };
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
