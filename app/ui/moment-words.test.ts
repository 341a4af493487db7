import { expect, test } from "vitest";
import { momentWords } from "./moment-words";

const NOW = new Date("2026-11-29T12:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

test("a moment is told by the largest unit that it is away", () => {
  const { since, now } = momentWords("en", "UTC");
  const told = [50, 100, 3_599, 7_200, 86_400, 6.4 * 86_400, -300].map((each) => since(ago(each), NOW));
  expect([now(), ...told]).toEqual([
    "now",
    "50 sec. ago",
    "2 min. ago",
    "60 min. ago",
    "2 hr. ago",
    "1 day ago",
    "6 days ago",
    "in 5 min.",
  ]);
});

test("dates and times of day are those of the zone, in the language", () => {
  const at = new Date("2026-11-29T20:30:00Z");
  expect(momentWords("en", "UTC").date(at, true)).toBe("Nov 29, 2026, 20:30");
  const { date, time, inFull, since } = momentWords("ja", "Asia/Tokyo");
  expect([date(at), time(at), inFull(at)]).toEqual([
    "2026/11/30",
    "5:30",
    "2026年11月30日月曜日 5:30:00 JST",
  ]);
  expect(since(ago(7_200), NOW)).toBe("2 時間前");
});

test("they are the same again until many others were asked for", () => {
  const words = momentWords("en", "Europe/Oslo");
  expect(momentWords("en", "Europe/Oslo")).toBe(words);
  for (const zone of Intl.supportedValuesOf("timeZone").slice(0, 60)) momentWords("ja", zone);
  expect(momentWords("en", "Europe/Oslo")).not.toBe(words);
});
