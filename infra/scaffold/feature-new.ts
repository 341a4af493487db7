import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { generate, rightsSql } from "./first-migration";
import { foldersOf, putIn } from "./take-out";

const USAGE = `npm run feature:new -- projects [--one project]

Writes a feature of your own: contract, use cases, operations, table with policy and grants, API, page with dialogs,
words in both languages, tests, and its line in lib/features.ts. --one is what one of them is called.`;
const TEMPLATE = join(import.meta.dirname, "template");

/** @throws Error saying what is wrong with the name. */
function namesOf(plural: string, singular: string): [of: RegExp, is: string][] {
  for (const name of [plural, singular]) {
    // It becomes part of file names, of JavaScript's names and of a table's.
    if (!/^[a-z][a-z0-9]{1,30}$/.test(name))
      throw new Error(`"${name}" must be 2 to 31 small letters and digits.`);
  }
  if (plural === singular) throw new Error(`What is one of ${plural} called? Say it with --one.`);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return [
    [/(?<![a-z])things/g, plural],
    [/Things/g, capital(plural)],
    [/THINGS/g, plural.toUpperCase()],
    [/(?<![a-z])thing/g, singular],
    [/Thing/g, capital(singular)],
    [/THING/g, singular.toUpperCase()],
  ];
}

function singularOf(plural: string): string {
  return plural.replace(/ies$/, "y").replace(/s$/, "");
}

const root = process.cwd();
try {
  const { values, positionals } = parseArgs({ options: { one: { type: "string" } }, allowPositionals: true });
  const [feature] = positionals;
  if (!feature || positionals.length > 1) throw new Error(USAGE);
  const names = namesOf(feature, values.one ?? singularOf(feature));
  const named = (text: string) => names.reduce((left, [of, is]) => left.replace(of, is), text);
  const taken = foldersOf(feature).find((folder) => existsSync(join(root, folder)));
  if (taken) throw new Error(`${taken} is there already.`);

  const files = readdirSync(TEMPLATE, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".txt"),
  );
  for (const file of files) {
    const path = join(root, named(file.replace(/\.txt$/, "")));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, named(readFileSync(join(TEMPLATE, file), "utf8")));
  }
  putIn(root, feature);
  const migration = generate(root, feature);
  appendFileSync(join(root, migration), `\n--> statement-breakpoint\n${rightsSql(feature)}\n`);
  execFileSync("npx", ["--no-install", "biome", "check", "--write", "--log-level=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(`${files.length} files in ${foldersOf(feature).join(", ")}.`);
  console.log(`Edited outside of them: lib/features.ts, and ${migration} with its snapshot.`);
  console.log("Next: npm run dev. PostgreSQL: npm run db:migrate.");
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
