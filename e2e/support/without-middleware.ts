import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyBuild } from "./build-copy";

const MANIFEST = "server/middleware-manifest.json";
const NO_MIDDLEWARE = { version: 3, middleware: {}, sortedMiddleware: [], functions: {} };

/**
 * The production build as it would be had `middleware.ts` never been there: the same files, and a manifest that names
 * no middleware. A folder for `next start`.
 */
export function buildWithoutMiddleware(): { folder: string; remove: () => void } {
  const folder = copyBuild();
  const manifest = join(folder, ".next", MANIFEST);
  // Not written into: that would be the build's own.
  rmSync(manifest);
  writeFileSync(manifest, JSON.stringify(NO_MIDDLEWARE));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
