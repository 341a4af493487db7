import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const CACHE = "node_modules/.cache/sekisho";

/**
 * A folder that PGlite has initialised and nobody has migrated: initialising takes seconds of a core, copying does not.
 * Made once for each version of PGlite and kept for the next run.
 */
export async function emptyPglite(): Promise<string> {
  const { version } = JSON.parse(readFileSync("node_modules/@electric-sql/pglite/package.json", "utf8"));
  const folder = join(process.cwd(), CACHE, `empty-pglite-${version}`);
  if (!existsSync(folder)) await initialise(folder);
  return folder;
}

/** Puts a copy where an application with this `DATA_DIR` looks for its database, unless it has one. */
export async function giveEmptyPglite(dataDir: string): Promise<void> {
  const target = join(dataDir, "db", "pglite");
  if (!existsSync(target)) cpSync(await emptyPglite(), target, { recursive: true });
}

/** In one step for whoever else looks: half an initialised folder would be taken for a whole one. */
async function initialise(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    const pglite = await PGlite.create(unfinished);
    await pglite.close();
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
