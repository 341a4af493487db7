import { RecentMap } from "@/lib/recent-map";

/** How moments are told in one language and time zone. */
export type MomentWords = {
  /** With the day of the week and the zone. */
  inFull: (at: Date) => string;
  /** The date, with the time of day where that is asked for. */
  date: (at: Date, withTime?: boolean) => string;
  time: (at: Date) => string;
  /** "now". */
  now: () => string;
  /** How long ago, or until then: up to a few days. */
  since: (at: Date, now: Date) => string;
};

/** As many are kept as there are languages and zones in use at one time; a browser says by itself which zone it is in. */
const MOST_KEPT = 50;
const kept = new RecentMap<MomentWords>(MOST_KEPT);

/** The same words again for the same language and zone: to make a formatter takes many times as long as to use it. */
export function momentWords(locale: string, timeZone: string): MomentWords {
  const key = `${locale} ${timeZone}`;
  const words = kept.get(key) ?? wordsIn(locale, timeZone);
  kept.keep(key, words);
  return words;
}

function wordsIn(locale: string, timeZone: string): MomentWords {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  const relative = (options: Intl.RelativeTimeFormatOptions) =>
    once(() => new Intl.RelativeTimeFormat(locale, options));
  const [inFull, date] = [dates({ dateStyle: "full", timeStyle: "long" }), dates({ dateStyle: "medium" })];
  const clock = { timeStyle: "short", hourCycle: "h23" } as const;
  const [time, dateAndTime] = [dates(clock), dates({ ...clock, dateStyle: "medium" })];
  const [auto, short] = [relative({ numeric: "auto" }), relative({ style: "short" })];
  return {
    inFull: (at) => inFull().format(at),
    date: (at, withTime = false) => (withTime ? dateAndTime() : date()).format(at),
    time: (at) => time().format(at),
    now: () => auto().format(0, "second"),
    since: (at, now) => {
      const seconds = (at.getTime() - now.getTime()) / 1000;
      const [unit, length] = unitOf(Math.abs(seconds));
      return short().format(Math.round(seconds / length), unit);
    },
  };
}

function unitOf(seconds: number): [unit: Intl.RelativeTimeFormatUnit, seconds: number] {
  if (seconds < 60) return ["second", 1];
  if (seconds < 60 * 60) return ["minute", 60];
  return seconds < 24 * 60 * 60 ? ["hour", 60 * 60] : ["day", 24 * 60 * 60];
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
