import type { ClientConfig } from "pg";
import type { Env } from "../env";

/** What of the environment says how a PostgreSQL server is reached. */
export type DatabaseSettings = Pick<
  Env,
  "DATABASE_APPLICATION_NAME" | "DATABASE_CONNECT_SECONDS" | "DATABASE_POOL_SIZE" | "DATABASE_QUERY_SECONDS"
> & { DATABASE_URL: string };

/** How long a connection may be quiet before TCP asks whether the other end is still there. */
const KEEP_ALIVE_MS = 10_000;

/** What every connection to the server has in common. */
export function connectionOf(settings: DatabaseSettings): ClientConfig {
  return {
    connectionString: settings.DATABASE_URL,
    application_name: settings.DATABASE_APPLICATION_NAME,
    options: "-c role=app_session",
    // Also the longest wait for a free connection: a hundred requests at once must not look like a database that is down.
    connectionTimeoutMillis: settings.DATABASE_CONNECT_SECONDS * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  };
}
