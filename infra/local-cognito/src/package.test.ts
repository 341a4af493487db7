import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL(".", import.meta.url));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(src, "../package.json"), "utf8"));

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

describe("the package", () => {
  it("imports nothing from outside but what its package.json names, and tests alone what is for them", () => {
    const isTest = (path: string) => /\.test$|^contract\//.test(path);
    const named = (path: string) => ({ ...dependencies, ...(isTest(path) && devDependencies) });
    expect(
      unfit((from, to) => imports.has(to) || to.startsWith("node:") || Object.hasOwn(named(from), to)),
    ).toEqual([]);
  });

  it("has a contract that knows the protocol alone: one file of it starts a server", () => {
    const isInside = (path: string) => imports.has(path) && !path.startsWith("contract/");
    expect(unfit((from, to) => !from.startsWith("contract/") || !isInside(to))).toEqual([
      "contract/target imports server",
    ]);
  });
});
