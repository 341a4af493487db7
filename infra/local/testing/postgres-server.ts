import type { TestProject } from "vitest/node";
import { startPostgres } from "../postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's URL to the server of this run. */
    postgresUrl: string;
  }
}

/** One PostgreSQL server for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  if (!server) throw new Error("no PostgreSQL, although findPostgres found one");
  project.provide("postgresUrl", server.serverUrl());
  return server.destroy;
}
