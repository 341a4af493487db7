import { createFormatter } from "next-intl";
import { expect, test } from "vitest";
import { byDay } from "./by-day";

const ENTRIES = [
  "2026-11-22T15:30:00Z",
  "2026-11-22T14:30:00Z",
  "2026-11-21T23:30:00Z",
  "2026-11-21T01:00:00Z",
];

test.each([
  ["UTC", { "11/22/26": 2, "11/21/26": 2 }],
  ["Asia/Tokyo", { "11/23/26": 1, "11/22/26": 2, "11/21/26": 1 }],
])("entries stand under their days as they are in %s, the newest first", (timeZone, days) => {
  const format = createFormatter({ locale: "en", timeZone });
  const grouped = byDay(
    ENTRIES.map((created_at) => ({ created_at })),
    (at) => format.dateTime(at, { dateStyle: "short" }),
  );
  expect([...grouped].map(([day, { length }]) => [day, length])).toEqual(Object.entries(days));
});
