import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const LARGE_AND_UNUSED = new Set(["cache", "dev", "trace", "types"]);
const MANIFEST = "server/middleware-manifest.json";
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
  linkFolder(resolve(".next"), join(folder, ".next"), LARGE_AND_UNUSED);
  const manifest = join(folder, ".next", MANIFEST);
  // Not written into: that would be the build's own.
  rmSync(manifest);
  writeFileSync(manifest, JSON.stringify(NO_MIDDLEWARE));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The same files under another name, without copying their bytes where the disk is the same. */
function linkFolder(from: string, to: string, without = new Set<string>()): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (without.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(resolve(from, source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    copyFileSync(source, target);
  }
}
