import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Copies a folder of PGlite to where an application with this `DATA_DIR` looks, which has no database yet. */
export function copyPglite(folder: string, dataDir: string): void {
  mkdirSync(join(dataDir, "db"), { recursive: true });
  // A thousand files: Node's own cpSync takes five times the work.
  execFileSync("cp", ["-R", folder, join(dataDir, "db", "pglite")]);
}
