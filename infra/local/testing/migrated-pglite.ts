import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { MIGRATIONS } from "../../../lib/db/migrations-folder";
import { copyPglite } from "./copy-pglite";
import { CACHE, putInPlace } from "./run-folder";

/**
 * A folder in which PGlite has every table and no row: making one takes seconds of a core, copying does not. Made once
 * for each version of PGlite and of the migrations, and kept for the next run.
 */
export async function migratedPglite(): Promise<string> {
  const folder = join(process.cwd(), CACHE, `pglite-${fingerprint()}`);
  if (!existsSync(folder)) await make(folder);
  return folder;
}

/** Puts a copy where an application with this `DATA_DIR` looks for its database, unless it has one. */
export async function giveMigratedPglite(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, "db", "pglite"))) copyPglite(await migratedPglite(), dataDir);
}

/** Of all that the folder is made of. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const sources = readdirSync(MIGRATIONS, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql") || name.endsWith("_journal.json"))
    .sort()
    .map((name) => join(MIGRATIONS, name));
  for (const path of ["node_modules/@electric-sql/pglite/package.json", ...sources]) {
    hash.update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** In one step for whoever else looks: half a folder would be taken for a whole one. */
async function make(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    const pglite = await PGlite.create(unfinished);
    await migrate(drizzle(pglite), { migrationsFolder: MIGRATIONS });
    await pglite.close();
    putInPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
