import type { Alert } from "@/lib/alerts/contract";
import { NOBODY } from "@/lib/alerts/kinds";
import { searchKeyOf } from "@/lib/db/search-key";
import { listAddress } from "../list-address";

/** How the list is narrowed; it stands in the address of the page. */
export type AlertFilter = {
  status?: Alert["status"] | undefined;
  severity?: Alert["severity"] | undefined;
  source?: string | undefined;
  /** A `sub`, `me` in the address of the page, or `nobody`. */
  assignee?: string | undefined;
  /** Raised within so many days. */
  raised?: (typeof RAISED_WITHIN)[number] | undefined;
};

/** How long ago an alert was raised at most, in days as an address says them. */
export const RAISED_WITHIN = ["1", "7", "30"] as const;
const DAY_MS = 24 * 60 * 60_000;

/** Always in this order: the same filter has one address. */
export function alertsAddress({ status, severity, source, raised, assignee }: AlertFilter): string {
  return listAddress("/alerts", { status, severity, source, raised, assignee });
}

/** The filter as the API is asked for it. @param now from when the days count back, to the minute. */
export function queryOf({ raised, ...same }: AlertFilter, now: number) {
  const since = Math.floor(now / 60_000) * 60_000 - Number(raised) * DAY_MS;
  return { ...same, ...(raised && { raised_since: new Date(since).toISOString() }) };
}

export function matches(alert: Alert, { status, severity, source, raised, assignee }: AlertFilter): boolean {
  return (
    (status === undefined || alert.status === status) &&
    (severity === undefined || alert.severity === severity) &&
    (raised === undefined || Date.parse(alert.created_at) > Date.now() - Number(raised) * DAY_MS) &&
    (assignee === undefined || (alert.assigned?.to.sub ?? NOBODY) === assignee) &&
    (source === undefined || searchKeyOf(alert.source) === searchKeyOf(source))
  );
}
