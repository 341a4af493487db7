import type { Alert } from "@/lib/alerts/contract";

/** As the server does: a change may show this much later than its time says. */
const OVERLAP_MS = 15_000;
/** A tab that missed more than this asks the server. */
const MOST = 200;

/** What the leading tab has read, for tabs that join later. */
export class HeardAlerts {
  private readonly latest = new Map<string, Alert>();

  /** @param since from when on everything is heard, as the server tells the time. */
  constructor(private since: string) {}

  take(alerts: Alert[], at: string): void {
    for (const alert of alerts) this.latest.set(alert.id, alert);
    if (this.latest.size > MOST) this.forget(at);
  }

  /** Nothing of what was before `at` can be told any more. */
  forget(at: string): void {
    this.latest.clear();
    this.since = at;
  }

  /** What has changed since then, each as it is now; null when that is not known here. */
  changedSince(since: string): Alert[] | null {
    const from = Date.parse(since);
    if (from < Date.parse(this.since)) return null;
    return [...this.latest.values()].filter(({ updated_at }) => Date.parse(updated_at) > from - OVERLAP_MS);
  }
}
