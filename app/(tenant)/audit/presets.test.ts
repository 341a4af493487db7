import { expect, test } from "vitest";
import { ListAudit } from "@/lib/features";
import { presetsAt } from "./presets";

/** The preset that is marked where the log is asked for `from`. */
function markedAt(now: string, from: string | undefined) {
  return presetsAt(new Date(now), from).flatMap(({ key, isCurrent }) => (isCurrent ? [key] : []));
}

test("one looks back an hour, to the beginning of the day and over a week, by what the log can be asked for", () => {
  const presets = presetsAt(new Date("2026-11-29T00:30:40Z"), undefined);
  expect(Object.fromEntries(presets.map(({ key, from }) => [key, from]))).toEqual({
    lastHour: "2026-11-28T23:30:00.000Z",
    today: "2026-11-29",
    lastDays: "2026-11-23",
  });
  for (const { key, from } of presets) {
    const { from: asked } = ListAudit.parse({ from });
    expect(markedAt("2026-11-29T00:30:59Z", asked), "as it comes back from the address").toEqual([key]);
  }
});

test("the last hour is marked also where the page is read a few minutes after the press, and no longer than that", () => {
  const from = "2026-11-28T23:30:00.000Z";
  expect(markedAt("2026-11-29T00:31:00Z", from)).toEqual(["lastHour"]);
  expect(markedAt("2026-11-29T00:39:59Z", from)).toEqual(["lastHour"]);
  expect(markedAt("2026-11-29T00:40:00Z", from)).toEqual([]);
  expect(markedAt("2026-11-29T00:29:59Z", from), "less than an hour").toEqual([]);
  expect(markedAt("2026-11-29T00:30:00Z", undefined)).toEqual([]);
  expect(markedAt("2026-11-29T01:00:00Z", "2026-11-29"), "a day of its own, an hour after it began").toEqual([
    "today",
  ]);
});
