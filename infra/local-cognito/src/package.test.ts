import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL(".", import.meta.url));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(src, "../package.json"), "utf8"));

/** Lowest first: a file imports what is in its own layer and below. The folders of operations are layers too. */
const LAYERS = [
  "model",
  "rules",
  "tokens",
  "store",
  "operations",
  "operations/sending",
  "operations/pools",
  "operations/users",
  "operations/sign-in",
  "operations/account",
  "federation",
  "protocol",
  "hosted",
  "mock-provider",
  "seed",
  "local",
  // The server and its command.
  ".",
  "testing",
];

/** File → what it imports; the package's own files as paths from src, without an extension. */
const imports = new Map(
  readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => [path.replace(/\.ts$/, ""), importsOf(path, readFileSync(join(src, path), "utf8"))]),
);

function importsOf(path: string, text: string): string[] {
  const specifiers = text.matchAll(/(?:\bfrom |(?<!@)\bimport |\bimport\()["']([^"'\n]+)["']/g);
  return [...specifiers].map(([, to = ""]) => (to.startsWith(".") ? join(dirname(path), to) : to));
}

/** The imports that are not fine, a sentence each. */
function unfit(isFine: (from: string, to: string) => boolean): string[] {
  const all = [...imports].flatMap(([from, each]) => each.map((to): [string, string] => [from, to]));
  return all.filter(([from, to]) => !isFine(from, to)).map(([from, to]) => `${from} imports ${to}`);
}

/** The package that a specifier is of: its first part, or the first two where it has a scope. */
const packageOf = (to: string) => /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to;

const isTest = (path: string) => /\.test$|^contract\//.test(path);
const own = [...imports].filter(([path]) => !isTest(path));

/** The files on a way of imports from this one back to itself, or none. */
function circleFrom(start: string): string[] {
  const seen = new Set<string>();
  const walk = (path: string): string[] =>
    (imports.get(path) ?? []).flatMap((to) => {
      if (to === start) return [path];
      if (seen.has(to)) return [];
      seen.add(to);
      const rest = walk(to);
      return rest.length > 0 ? [path, ...rest] : [];
    });
  return walk(start);
}

describe("the package", () => {
  it("imports nothing from outside but what its package.json names, and tests alone what is for them", () => {
    const named = (path: string) => ({ ...dependencies, ...(isTest(path) && devDependencies) });
    expect(
      unfit(
        (from, to) => imports.has(to) || to.startsWith("node:") || Object.hasOwn(named(from), packageOf(to)),
      ),
    ).toEqual([]);
  });

  it("has layers, of which none imports a higher one, and no file without a layer", () => {
    expect(own.map(([path]) => path).filter((path) => !LAYERS.includes(dirname(path)))).toEqual([]);
    const layer = (path: string) => LAYERS.indexOf(dirname(path));
    expect(unfit((from, to) => isTest(from) || !imports.has(to) || layer(to) <= layer(from))).toEqual([]);
  });

  it("has no circle of files", () => {
    expect(own.flatMap(([path]) => circleFrom(path))).toEqual([]);
  });

  it("has a contract that knows the protocol alone: one file of it starts a server", () => {
    const isInside = (path: string) => imports.has(path) && !path.startsWith("contract/");
    expect(unfit((from, to) => !from.startsWith("contract/") || !isInside(to))).toEqual([
      "contract/target imports server",
    ]);
  });
});
