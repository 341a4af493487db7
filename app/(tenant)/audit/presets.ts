const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** How far back one looks by one press, and the `from` of each; a day begins in UTC, as everywhere in the filters. */
export function presetsAt(now: Date): { key: "lastHour" | "today" | "lastDays"; from: string }[] {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, "yyyy-mm-dd".length);
  // Whole minutes: the address is the same for a while.
  const hourAgo = new Date(Math.floor((now.getTime() - HOUR_MS) / 60_000) * 60_000);
  return [
    { key: "lastHour", from: hourAgo.toISOString() },
    { key: "today", from: dayOf(now.getTime()) },
    { key: "lastDays", from: dayOf(now.getTime() - 6 * DAY_MS) },
  ];
}
