import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { messagesIn } from "./messages";
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

/** What stands in messages and is never a user's text: numbers, choices, and words and names of our own. */
const OURS = new Set(
  "action address before code count critical date day device factor found from further group idle info label maximum minimum minutes more most program reason removed role rows state system warning users way why".split(
    " ",
  ),
);

/** Parts of a message that are a user's text and are neither isolated nor drawn as an element of their own. */
function bareIn(page: string, key: string, message: string): string[] {
  const plain = message.replace(/\u2068\{\w+\}\u2069|<strong>\{\w+\}<\/strong>/g, "");
  const taken = [...plain.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name = ""]) => name);
  // The audit log draws who did it, and to what, as elements.
  const drawn = page === "auditSentences" || key === "unknownAction" ? ["who", "what"] : [];
  return taken
    .filter((name) => !OURS.has(name) && !drawn.includes(name))
    .map((name) => `${page}.${key}: ${name}`);
}

test.each([
  ["en", await messagesIn("en")],
  ["ja", await messagesIn("ja")],
] as const)("every message in %s isolates a user's text, unless it is drawn as an element", (_, catalog) => {
  const bare = Object.entries(catalog as unknown as Record<string, Record<string, string>>).flatMap(
    ([page, messages]) => Object.entries(messages).flatMap(([key, message]) => bareIn(page, key, message)),
  );
  expect(bare).toEqual([]);
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
