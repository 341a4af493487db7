import { inject } from "vitest";

/** The superuser's URL to a database of this run's PostgreSQL; without a name, to `postgres`. */
export function sharedServer(database = "postgres"): string {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${database}`;
  return url.href;
}
