"use client";

import { useLocale, useNow, useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";
import { momentWords } from "./moment-words";

type Props = {
  iso: string;
  /** The date is shown next to it already: the time of day, whenever it was. */
  timeOnly?: boolean;
  /** Never in relation to now. */
  exact?: boolean;
};

const DAY_MS = 24 * 60 * 60_000;
/** What is older is told by its date. */
const RELATIVE_MS = 7 * DAY_MS;
const JUST_NOW_MS = 45_000;
const TICK_MS = 30_000;

/**
 * A moment for people, in their language and time zone, as long ago as it is; exact under the pointer, and `iso` for
 * machines. Server and browser may differ in a space or a comma, as their data about languages are of different years:
 * what the server wrote stays.
 */
export function Moment({ iso, timeOnly = false, exact = false }: Props) {
  const words = momentWords(useLocale(), useTimeZone() ?? "UTC");
  const now = useCurrentTime();
  const date = new Date(iso);
  const ago = now.getTime() - date.getTime();

  function inWords(): string {
    if (timeOnly) return words.time(date);
    if (exact) return words.date(date, true);
    // The clocks of two machines may be apart.
    if (Math.abs(ago) < JUST_NOW_MS) return words.now();
    return Math.abs(ago) > RELATIVE_MS ? words.date(date) : words.since(date, now);
  }

  return (
    <time dateTime={iso} className="inline-block" suppressHydrationWarning title={words.inFull(date)}>
      {inWords()}
    </time>
  );
}

/** The server's time when it made the page, so that the browser shows the same at first; then the browser's, as it passes. */
function useCurrentTime(): Date {
  const atFirst = useNow();
  const since = useSyncExternalStore(
    subscribe,
    () => time,
    () => 0,
  );
  return since > atFirst.getTime() ? new Date(since) : atFirst;
}

const listeners = new Set<() => void>();
let time = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all moments of the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    time = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
