import type { Alert } from "@/lib/alerts/contract";
import { searchKeyOf } from "@/lib/db/search-key";

/** How the list is narrowed; it stands in the address of the page. */
export type AlertFilter = {
  status?: Alert["status"] | undefined;
  severity?: Alert["severity"] | undefined;
  source?: string | undefined;
};

export function matches(alert: Alert, { status, severity, source }: AlertFilter): boolean {
  return (
    (status === undefined || alert.status === status) &&
    (severity === undefined || alert.severity === severity) &&
    (source === undefined || searchKeyOf(alert.source) === searchKeyOf(source))
  );
}
