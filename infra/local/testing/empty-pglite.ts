import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder that PGlite has initialised: doing that takes seconds, copying it does not. */
    emptyPglite: string;
  }
}

/** Initialises PGlite once for the whole run. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-pglite-empty-"));
  const pglite = await PGlite.create(folder);
  await pglite.close();
  project.provide("emptyPglite", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
