import type { Alert } from "@/lib/alerts/contract";

/** How the list is narrowed; it stands in the address of the page. */
export type AlertFilter = {
  status?: Alert["status"] | undefined;
  severity?: Alert["severity"] | undefined;
  source?: string | undefined;
};

/** The address of a list, of the page or of the API, narrowed like this. */
export function narrowed(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

export function matches(alert: Alert, { status, severity, source }: AlertFilter): boolean {
  return (
    (status === undefined || alert.status === status) &&
    (severity === undefined || alert.severity === severity) &&
    (source === undefined || alert.source === source)
  );
}
