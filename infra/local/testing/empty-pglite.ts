import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder that PGlite has initialised: doing that takes seconds, copying it does not. */
    emptyPglite: string;
  }
}

const CACHE = "node_modules/.cache/sekisho";

/** Initialises PGlite once for each of its versions; the result is kept for the next run. */
export async function setup(project: TestProject): Promise<void> {
  const { version } = JSON.parse(readFileSync("node_modules/@electric-sql/pglite/package.json", "utf8"));
  const folder = join(process.cwd(), CACHE, `empty-pglite-${version}`);
  if (!existsSync(folder)) await initialise(folder);
  project.provide("emptyPglite", folder);
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
