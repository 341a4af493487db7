import { drizzle, type NodePgClient } from "drizzle-orm/node-postgres";
import type { DatabaseSettings } from "../env";
import { connectionOf } from "./connection";
import { Connections } from "./connections";
import { requireFitServer } from "./fitness";
import { listenOverPostgres } from "./listen";
import type { Opened } from "./opened";
import type { Outage } from "./outage";

/** How much longer than the server a client waits: the server's own refusal of a slow query is the better one. */
const GRACE_MS = 1_000;

/** Opens a PostgreSQL server. @throws UnfitDatabaseError; what the driver throws. */
export async function openPostgres(settings: DatabaseSettings, outage: Outage): Promise<Opened> {
  const { config, password } = connectionOf(settings);
  const queryMs = settings.DATABASE_QUERY_SECONDS * 1000;
  const connections = new Connections(
    { ...config, max: settings.DATABASE_POOL_SIZE, query_timeout: queryMs + GRACE_MS },
    queryMs,
    password,
    outage,
  );
  // Of the driver's client Drizzle needs only what there is.
  const db = Object.assign(drizzle(connections as unknown as NodePgClient), {
    transaction: connections.transaction,
  });
  const closing = new AbortController();
  try {
    await requireFitServer(db);
  } catch (error) {
    await connections.end();
    throw error;
  }
  return {
    db,
    query: (query) => connections.query(query),
    listen: listenOverPostgres({ config, password }, closing.signal),
    close: () => {
      closing.abort();
      return connections.end();
    },
  };
}
