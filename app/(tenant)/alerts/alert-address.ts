import type { Alert } from "@/lib/alerts/contract";
import { searchKeyOf } from "@/lib/db/search-key";

/** How the list is narrowed; it stands in the address of the page. */
export type AlertFilter = {
  status?: Alert["status"] | undefined;
  severity?: Alert["severity"] | undefined;
  source?: string | undefined;
  /** Raised within so many days. */
  raised?: (typeof RAISED_WITHIN)[number] | undefined;
};

/** How long ago an alert was raised at most, in days as an address says them. */
export const RAISED_WITHIN = ["1", "7", "30"] as const;
const DAY_MS = 24 * 60 * 60_000;

/** The filter as the API is asked for it. @param now from when the days count back, to the minute. */
export function queryOf({ raised, ...same }: AlertFilter, now: number) {
  const since = Math.floor(now / 60_000) * 60_000 - Number(raised) * DAY_MS;
  return { ...same, ...(raised && { raised_since: new Date(since).toISOString() }) };
}

export function matches(alert: Alert, { status, severity, source, raised }: AlertFilter): boolean {
  return (
    (status === undefined || alert.status === status) &&
    (severity === undefined || alert.severity === severity) &&
    (raised === undefined || Date.parse(alert.created_at) > Date.now() - Number(raised) * DAY_MS) &&
    (source === undefined || searchKeyOf(alert.source) === searchKeyOf(source))
  );
}
