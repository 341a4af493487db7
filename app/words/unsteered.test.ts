import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import en from "./en.json";
import ja from "./ja.json";
import { unsteered } from "./unsteered";

test.for([
  "\u202e",
  "\u202d",
  "\u202a",
  "\u202b",
  "\u202c",
  "\u2066",
  "\u2067",
  "\u2068",
  "\u2069",
  "\u200f",
  "\u200e",
  "\u061c",
])("%j in a name steers nothing around it", (mark) => {
  expect(unsteered(`a${mark}b`)).toBe("ab");
});

test("letters of every direction stay", () => {
  for (const name of ["Lantern", "שלום", "سلام", "日本", "👩‍👩‍👧"]) expect(unsteered(name)).toBe(name);
});

/** Messages that are plain strings with a user's text in them, by their place in the catalogs. */
const PLAIN = [
  "items.deleteNamed",
  "items.deleted",
  "items.restored",
  "alerts.acknowledgeNamed",
  "alerts.resolveNamed",
  "alerts.fromSource",
  "alerts.onlySource",
  "alerts.select",
];

test.for(PLAIN)("the message %s isolates its place for a user's text, in every language", (place) => {
  const [page = "", key = ""] = place.split(".");
  for (const catalog of [en, ja] as Record<string, Record<string, unknown>>[]) {
    expect(catalog[page]?.[key]).toMatch(/\u2068\{(name|title|source)\}\u2069/);
  }
});

test("no other message takes a name, a title or a source, but for parts that are elements", () => {
  const taking = Object.entries(en as Record<string, Record<string, unknown>>).flatMap(([page, messages]) =>
    Object.entries(messages)
      .filter(([, text]) =>
        /(?<!<strong>)\{(name|title|source)\}/.test(String(text).replace(/\u2068\{\w+\}\u2069/g, "")),
      )
      .map(([key]) => `${page}.${key}`),
  );
  expect(taking).toEqual([]);
});

test("what stands between <strong> tags is isolated wherever it is drawn", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".tsx"),
  );
  const bare = files.filter((name) =>
    /<strong[^>]*>\{\w+\}<\/strong>/.test(readFileSync(join("app", name), "utf8")),
  );
  expect(bare).toEqual([]);
});
