import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";
import { foldersOf, OF_THE_HOUSE } from "../infra/scaffold/take-out";
import { FEATURES } from "./features";

/** All that may be taken out: what remains has to stand without it. */
const OTHERS = FEATURES.map(({ name }) => name).filter((name) => !OF_THE_HOUSE.has(name));
/** The one list of them. */
const LIST = "lib/features.ts";
const OWN = "lib/features.test.ts";

type Source = { path: string; text: string };

/** Each place where a source outside a feature's rooms imports from them, or names its addresses or its words. */
function namesIn({ path, text }: Source, features = OTHERS): string[] {
  return features
    .filter((feature) => !foldersOf(feature).some((folder) => path.startsWith(`${folder}/`)))
    .flatMap((feature) => {
      const found = [
        // An address, at the start of a string, after a host in a template, or in a pattern.
        ...text.matchAll(new RegExp(`(?<![\\w.)])\\\\?/(api\\\\?/)?${feature}(?![\\w.-]).*`, "g")),
        // Imports, also from beside it: `../items/contract`.
        ...text.matchAll(new RegExp(`(from|import\\() ?["'][^"']*/${feature}/.*`, "g")),
        ...text.matchAll(new RegExp(`\\bt(\\.\\w+)?\\(\\s*["'\`]${feature}\\..*`, "g")),
      ];
      return found.map(([name]) => `${path}: ${name}`);
    });
}

function sourcesUnder(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) =>
      relative(".", resolve(join(parentPath, name)))
        .split(sep)
        .join("/"),
    )
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

test("no file outside a feature names it", () => {
  const sources = ["lib", "app", "infra", "e2e"].flatMap(sourcesUnder);
  const outside = sources.filter(({ path }) => path !== LIST && path !== OWN);
  expect(outside.length).toBeGreaterThan(30);
  expect(outside.flatMap((source) => namesIn(source))).toEqual([]);
});

test.each([
  ["e2e/api/a.test.ts", 'api.get("/api/items?limit=1")'],
  ["e2e/api/a.test.ts", "page.goto(`/alerts?status=open`)"],
  ["e2e/api/a.test.ts", "expect(page).toHaveURL(/\\/items$/)"],
  ["e2e/support/a.ts", 'import { Item } from "../../lib/items/contract";'],
  ["lib/http/a.ts", 'await import("../alerts/own-notices")'],
  ["e2e/journeys/a.test.ts", 't("items.new")'],
  ["e2e/items/a.ts", 'api.get("/api/alerts")'],
])("%s may not say %s", (path, text) => {
  expect(namesIn({ path, text }, ["items", "alerts"])).toHaveLength(1);
});

test.each([
  ["e2e/items/a.ts", 'api.get("/api/items")'],
  ["lib/alerts/a.ts", 'import { a } from "./contract";'],
  ["app/ui/a.tsx", '<div className="items-center" />'],
  ["e2e/api/a.test.ts", "items.map((item) => item)"],
])("%s may say %s", (path, text) => {
  expect(namesIn({ path, text }, ["items", "alerts"])).toEqual([]);
});
