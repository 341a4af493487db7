import { expect, test } from "vitest";
import { rawQuery } from "./client";
import { Day, Moment } from "./moment";
import { Zone } from "./zone";

/** Minutes that a zone is ahead of UTC, as Node has it. */
function minutesOf(zone: string, at: Date): number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

test("a zone that is taken means the same in Node and in the database, winter and summer", async () => {
  const rows = (await rawQuery({ text: "select name from pg_timezone_names" })).rows as { name: string }[];
  const names = new Set([...rows.map(({ name }) => name), ...Intl.supportedValuesOf("timeZone")]);
  const taken = [...names].filter((name) => Zone.safeParse(name).success);
  expect(taken.length).toBeGreaterThan(400);
  const known = new Set(rows.map(({ name }) => name));
  expect(taken.filter((name) => !known.has(name))).toEqual([]);
  for (const at of [new Date("2026-01-15T12:00:00Z"), new Date("2026-07-15T12:00:00Z")]) {
    const text = `
      select name, (extract(epoch from ($1::timestamptz at time zone name) - ($1::timestamptz at time zone 'UTC')) / 60)::int as ahead
      from unnest($2::text[]) as zones(name)`;
    const { rows: minutes } = await rawQuery({ text, values: [at.toISOString(), taken] });
    const apart = (minutes as { name: string; ahead: number }[]).filter(
      ({ name, ahead }) => ahead !== minutesOf(name, at),
    );
    expect(apart).toEqual([]);
  }
});

test.for([
  "AET",
  "US/Pacific-New",
  "US/Pacific",
  "Canada/East-Saskatchewan",
  "Japan",
  "ROC",
  "IST",
  "BST",
  "ACT",
  "NST",
  "ART",
  "AST",
  "EST",
  "PST8PDT",
  "MST",
  "JST",
  "+09:00",
  "-08",
  "Z",
  "GMT+9",
  "UTC+3",
  "posixrules",
  "Factory",
  "localtime",
  "right/UTC",
  "posix/Asia/Tokyo",
  "SystemV/PST8",
  "<+03>-3",
  "",
  " Asia/Tokyo",
  "Asia/Nowhere",
  "Asia/",
  "/Asia/Tokyo",
  "Asia/Tokyo/../UTC",
  "asia",
  "Etc/GMT+99",
])("%j is no zone", (name) => {
  expect(Zone.safeParse(name).success).toBe(false);
});

test.for([
  "Asia/Tokyo",
  "Asia/Kolkata",
  "Asia/Calcutta",
  "America/Argentina/Buenos_Aires",
  "America/New_York",
  "Europe/Kyiv",
  "UTC",
  "Etc/GMT+12",
])("%s is one", (name) => {
  expect(Zone.parse(name)).toBe(name);
});

test.for([
  ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["0001-01-01T00:00:00+00:00", "1970-01-01T00:00:00.000Z"],
  ["0000-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59Z", "9999-12-30T00:00:00.000Z"],
  ["9999-12-31T23:59:59-14:00", "9999-12-30T00:00:00.000Z"],
  ["2026-01-01T09:00:00+09:00", "2026-01-01T00:00:00.000Z"],
  ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.000Z"],
  ["2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.000Z"],
  ["2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.123Z"],
  ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"],
] as const)("%s is taken for %s, which the database takes as well", async ([given, taken]) => {
  expect(Moment.parse(given)).toBe(taken);
  const text = "select extract(epoch from $1::timestamptz)::float8 * 1000 as at";
  const rows = (await rawQuery({ text, values: [taken] })).rows as { at: number }[];
  expect(rows[0]?.at).toBe(Date.parse(taken));
});

test.for([
  "2026-02-30T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-06-30T23:59:60Z",
  "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  "10000-01-01T00:00:00Z",
  "2026-01-01",
  "2026-01-01T00:00:00",
  "1",
  "now",
  "2026-1-1T00:00:00Z",
])("%s is no moment", (given) => {
  expect(Moment.safeParse(given).success).toBe(false);
});

test.for([
  ["0000-01-01", "1970-01-01"],
  ["0001-01-01", "1970-01-01"],
  ["9999-12-31", "9999-12-30"],
  ["2024-02-29", "2024-02-29"],
] as const)("the day %s is taken for %s", ([given, taken]) => {
  expect(Day.parse(given)).toBe(taken);
});
