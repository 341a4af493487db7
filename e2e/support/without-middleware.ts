import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const LARGE_AND_UNUSED = new Set(["cache", "trace", "types"]);
const NO_MIDDLEWARE = { version: 3, middleware: {}, sortedMiddleware: [], functions: {} };

/**
 * The production build as it would be had `middleware.ts` never been there: the same files, and a manifest that names
 * no middleware. A folder for `next start`.
 */
export function buildWithoutMiddleware(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-without-middleware-"));
  for (const name of ["node_modules", "package.json", "next.config.ts", "tsconfig.json"]) {
    symlinkSync(resolve(name), join(folder, name));
  }
  const build = resolve(".next");
  cpSync(build, join(folder, ".next"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => join(build, basename(path)) !== path || !LARGE_AND_UNUSED.has(basename(path)),
  });
  writeFileSync(join(folder, ".next/server/middleware-manifest.json"), JSON.stringify(NO_MIDDLEWARE));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
