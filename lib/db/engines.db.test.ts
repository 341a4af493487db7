import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { FEATURES, unknownWords } from "../../infra/local/testing/postgres-features";
import { sqlTexts } from "../../infra/local/testing/sql-texts";
import { withDatabase } from "./client";

/** What PostgreSQL itself has a word for, and what of it means something only before a bracket. */
let words: Set<string>;
let functions: Set<string>;

beforeAll(async () => {
  const { rows } = (await withDatabase((db) =>
    db.execute(sql`select
      array(select word from pg_get_keywords()
        union select typname::text from pg_type where typrelid = 0 and typname !~ '^_'
        union select relname::text from pg_class where relnamespace = 'pg_catalog'::regnamespace
        union select amname::text from pg_am union select opcname::text from pg_opclass
        union select attname::text from pg_attribute where attnum < 0) as words,
      array(select proname::text from pg_proc where pronamespace = 'pg_catalog'::regnamespace) as functions`),
  )) as unknown as { rows: { words: string[]; functions: string[] }[] };
  words = new Set(rows[0]?.words);
  functions = new Set(rows[0]?.functions);
});

/** PostgreSQL's words in SQL texts. */
function wordsOf(texts: string[]): Set<string> {
  const found = texts.flatMap((text) => [...text.toLowerCase().matchAll(/([a-z_][a-z_0-9]*)(\s*\()?/g)]);
  return new Set(
    found
      .filter(([, word = "", call]) => words.has(word) || (call !== undefined && functions.has(word)))
      .map(([, word = ""]) => word),
  );
}

test("migrations and queries need nothing of PostgreSQL that is not on the list", () => {
  expect(unknownWords(wordsOf(sqlTexts()))).toEqual([]);
});

test("each feature on the list is needed by a migration or a query", () => {
  const used = wordsOf(sqlTexts());
  const needless = Object.entries(FEATURES).filter(([, by]) => !by.split(" ").some((word) => used.has(word)));
  expect(needless).toEqual([]);
});

test.each([
  ["create trigger t after insert on items execute procedure x()", ["after", "procedure", "trigger"]],
  ["select similarity(name, $1), to_tsvector(name) from items", ["to_tsvector"]],
  ["create table t (r int4range, x xml)", ["int4range", "xml"]],
  ["select xmin from items where name @@ $1", ["xmin"]],
])("%s would be found", (text, found) => {
  expect(unknownWords(wordsOf([text]))).toEqual(found);
});

test("the page of engines says what each feature is for, and of no other", () => {
  const page = readFileSync("lib/db/engines.md", "utf8");
  const [, table = ""] = page.split("## What is needed");
  const rows = [...(table.split("\n## ")[0] ?? "").matchAll(/^\| ([^|]+?) \|/gm)].map(([, name]) => name);
  expect(rows.slice(1)).toEqual(Object.keys(FEATURES));
});
