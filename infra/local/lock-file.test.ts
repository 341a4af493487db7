import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Package = { optionalDependencies?: Record<string, string>; os?: string[]; cpu?: string[] };
const { packages }: { packages: Record<string, Package> } = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
);

test("every optional package of every package is in the lock file, or `npm ci` fails on another machine", () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => find(place, name) === undefined),
  );
  expect(missing).toEqual([]);
});

// Each system and processor that one of them has native parts for at all; npm itself chooses among glibc and musl.
const NATIVE = [
  "@biomejs/biome",
  "@swc/core",
  "@tailwindcss/oxide",
  "lightningcss",
  "esbuild",
  "next",
  "typescript",
];
const SYSTEMS = ["darwin", "linux", "win32"].flatMap((os) => ["x64", "arm64"].map((cpu) => ({ os, cpu })));

test.for(NATIVE)("the native parts of %s for macOS, Linux and Windows are in the lock file", (name) => {
  const place = `node_modules/${name}`;
  const parts = Object.keys(packages[place]?.optionalDependencies ?? {}).map((part) => find(place, part));
  const lacking = SYSTEMS.filter(
    ({ os, cpu }) => !parts.some((part) => part?.os?.includes(os) && part.cpu?.includes(cpu)),
  );
  expect(lacking).toEqual([]);
});

/** As Node resolves a package from where another one is: in its own folder, then in each one above. */
function find(place: string, name: string): Package | undefined {
  const above = place.split("/node_modules/");
  for (let depth = above.length; depth > 0; depth--) {
    const found = packages[`${above.slice(0, depth).join("/node_modules/")}/node_modules/${name}`];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}
