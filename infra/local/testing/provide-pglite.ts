import type { TestProject } from "vitest/node";
import { emptyPglite } from "./empty-pglite";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder that PGlite has initialised, for a test file to copy. */
    emptyPglite: string;
  }
}

/** Vitest's global setup: before any worker would make it for itself. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("emptyPglite", await emptyPglite());
}
