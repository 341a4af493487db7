import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MIGRATIONS = "lib/db/migrations";
/** Where a piece of SQL begins in TypeScript. */
const BEGINS = /\b(?:sql(?:<[^`(]*>)?|(?:query|sql\.raw|unsafe)(?:<[^`"(]*>)?\(\s*)(?=[`"])/g;
/** What Drizzle writes for its own methods, as far as it is more than plain SQL. */
const METHODS: [RegExp, string][] = [
  [/\.onConflictDo\w+\(/, "on conflict"],
  [/\.returning\(/, "returning"],
  [/\.for\("update"/, "for update"],
  [/skipLocked/, "skip locked"],
  [/isolationLevel/, "isolation level"],
];

/** All SQL that the application has: its migrations, and what it asks. Values and names of its own are left out. */
export function sqlTexts(): string[] {
  const migrations = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join("lib", name), "utf8"));
  return [
    ...migrations.map((name) => withoutNames(readFileSync(join(MIGRATIONS, name), "utf8"))),
    ...sources.flatMap(piecesOf),
    ...METHODS.filter(([pattern]) => sources.some((source) => pattern.test(source))).map(([, text]) => text),
  ];
}

function piecesOf(source: string): string[] {
  return [...source.matchAll(BEGINS)].map(({ index, 0: begin }) =>
    withoutNames(literalAt(source, index + begin.length)),
  );
}

/** The literal that begins at a place; what is put into it has its own beginning. */
function literalAt(source: string, start: number): string {
  const quote = source[start];
  let text = "";
  let depth = 0;
  for (let at = start + 1; at < source.length; at += 1) {
    const rest = source.slice(at, at + 2);
    if (depth === 0 && source[at] === quote) return text;
    if (rest === "${" && quote === "`") depth += 1;
    if (depth === 0) text += source[at];
    if (depth > 0 && source[at] === "`") at += literalAt(source, at).length + 1;
    if (depth > 0 && source[at] === "}") depth -= 1;
  }
  return text;
}

/** Without comments, texts, and names in quotes. */
function withoutNames(sql: string): string {
  return sql.replace(/--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"/g, " ");
}
