import { setFlagsFromString } from "node:v8";
import type { TestProject } from "vitest/node";
import { migratedPglite } from "./migrated-pglite";
import { QUICK_START } from "./quick-start";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated folder of PGlite, for a test file to copy. */
    migratedPglite: string;
  }
}

/** Vitest's global setup: before any worker would make it for itself. */
export async function setup(project: TestProject): Promise<void> {
  // The test files are threads of this process: what is set here holds for them, too.
  for (const flag of QUICK_START) setFlagsFromString(flag);
  project.provide("migratedPglite", await migratedPglite());
}
