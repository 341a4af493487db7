const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** So long an hour that was asked for is still the last one: the page is read, and loaded again. */
const READING_MS = 10 * MINUTE_MS;

type Preset = { key: "lastHour" | "today" | "lastDays"; from: string; isCurrent: boolean };

/**
 * How far back one looks by one press, and the `from` of each; a day begins in UTC, as everywhere in the filters.
 * @param asked the `from` the log is asked for now, which the preset that gave it is marked by
 */
export function presetsAt(now: Date, asked: string | undefined): Preset[] {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, "yyyy-mm-dd".length);
  // Whole minutes: the address is the same for a while.
  const hourAgo = Math.floor((now.getTime() - HOUR_MS) / MINUTE_MS) * MINUTE_MS;
  const today = dayOf(now.getTime());
  const lastDays = dayOf(now.getTime() - 6 * DAY_MS);
  const age = asked?.includes("T") ? hourAgo - Date.parse(asked) : Number.NaN;
  return [
    { key: "lastHour", from: new Date(hourAgo).toISOString(), isCurrent: age >= 0 && age < READING_MS },
    { key: "today", from: today, isCurrent: asked === today },
    { key: "lastDays", from: lastDays, isCurrent: asked === lastDays },
  ];
}
