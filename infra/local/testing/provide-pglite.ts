import type { TestProject } from "vitest/node";
import { migratedPglite } from "./migrated-pglite";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated folder of PGlite, for a test file to copy. */
    migratedPglite: string;
  }
}

/** Vitest's global setup: before any worker would make it for itself. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("migratedPglite", await migratedPglite());
}
