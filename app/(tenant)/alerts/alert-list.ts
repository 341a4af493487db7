import type { Alert } from "@/lib/alerts/contract";
import { type AlertFilter, matches } from "./alert-address";

/** The list as far as it is loaded, newest first, and what has arrived and is not put into it yet. */
export type AlertList = {
  shown: Alert[];
  held: Alert[];
  /** Those that arrived while the page was open. */
  arrived: ReadonlySet<string>;
  /** Of those that were moved on here, which version they then were: they may be gone from the list. */
  settled: ReadonlyMap<string, number>;
  /** Where the list goes on; null at its end. */
  next: string | null;
};

export function listOf(shown: Alert[], next: string | null): AlertList {
  return { shown, held: [], arrived: new Set(), settled: new Map(), next };
}

const versionsOf = (alerts: readonly Alert[]) => alerts.map(({ id, version }) => [id, version] as const);

/**
 * Whether an alert was read before what is known of it here: what a stream tells, a refresh and the answer to a write each
 * come on their own way. By the version, which every change counts up, and not by the time of whichever server wrote it.
 */
function lateFor({ shown, held, settled }: AlertList): (alert: Alert) => boolean {
  const known = new Map([...settled, ...versionsOf(shown), ...versionsOf(held)]);
  return ({ id, version }) => version < (known.get(id) ?? 0);
}

/** Newest first, as the API lists them: the ids of the same millisecond decide. */
function byAge(one: Alert, other: Alert): number {
  const [a, b] = [one.created_at + one.id, other.created_at + other.id];
  return a < b ? 1 : a > b ? -1 : 0;
}

/** The rows as the server sent them again, except those that changed since it read them. */
export function renew(list: AlertList, rows: Alert[], next: string | null): AlertList {
  const known = new Map([...list.shown, ...list.held].map((alert) => [alert.id, alert]));
  const isLate = lateFor(list);
  const now = rows.flatMap((row) => (isLate(row) ? (known.get(row.id) ?? []) : row));
  return { ...listOf(now, next), settled: list.settled };
}

/**
 * Applies changes. An alert in the list is updated in place, also when the filter no longer matches it: nothing moves away
 * under a finger. New alerts are held back until `reveal`.
 */
export function take(list: AlertList, told: Alert[], filter: AlertFilter): AlertList {
  const isLate = lateFor(list);
  const changed = told.filter((alert) => !isLate(alert));
  const now = new Map(changed.map((alert) => [alert.id, alert]));
  const inPlace = (each: Alert) => now.get(each.id) ?? each;
  const known = new Set([...list.shown, ...list.held].map(({ id }) => id));
  const oldest = list.shown.at(-1);
  const isInReach = (alert: Alert) => list.next === null || !oldest || byAge(alert, oldest) < 0;
  const fresh = changed.filter((alert) => !known.has(alert.id) && matches(alert, filter) && isInReach(alert));
  return {
    ...list,
    shown: list.shown.map(inPlace),
    held: [...fresh, ...list.held.map(inPlace).filter((alert) => matches(alert, filter))].sort(byAge),
  };
}

/** Puts what was held back into the list. */
export function reveal(list: AlertList): AlertList {
  return {
    ...list,
    shown: [...list.held, ...list.shown].sort(byAge),
    held: [],
    arrived: new Set([...list.arrived, ...list.held.map(({ id }) => id)]),
  };
}

/** After one's own change: like `take`, but what the filter no longer matches is removed. */
export function settle(list: AlertList, changed: Alert[], filter: AlertFilter): AlertList {
  const touched = new Set(changed.map(({ id }) => id));
  const { shown, ...rest } = take(list, changed, filter);
  return {
    ...rest,
    shown: shown.filter((alert) => !touched.has(alert.id) || matches(alert, filter)),
    settled: new Map([...list.settled, ...versionsOf(changed)]),
  };
}

/** Adds the next page at the end. */
export function append(list: AlertList, more: Alert[], next: string | null): AlertList {
  const known = new Set([...list.shown, ...list.held].map(({ id }) => id));
  return { ...list, shown: [...list.shown, ...more.filter(({ id }) => !known.has(id))], next };
}

/** The alert after the last of these, else the one before the first: the focus goes there when these are gone. */
export function beside(rows: Alert[], ids: string[]): string | undefined {
  const first = rows.findIndex(({ id }) => ids.includes(id));
  const last = rows.findLastIndex(({ id }) => ids.includes(id));
  return (rows[last + 1] ?? rows[first - 1])?.id;
}
