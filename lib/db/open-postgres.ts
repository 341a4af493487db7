import type { DatabaseSettings } from "../env";
import { connectionOf } from "./connection";
import { Connections } from "./connections";
import { drizzleOver } from "./drizzle-over";
import { requireFitServer } from "./fitness";
import { type Listen, listenOverPostgres } from "./listen";
import type { Opened } from "./opened";
import type { Outage } from "./outage";
import { listenByReading } from "./read-notices";
import { StatementNames } from "./statement-names";

/** How much longer than the server a client waits: the server's own refusal of a slow query is the better one. */
const GRACE_MS = 1_000;

/** Opens a PostgreSQL server. @throws UnfitDatabaseError; what the driver throws. */
export async function openPostgres(settings: DatabaseSettings, outage: Outage): Promise<Opened> {
  const { config, password } = connectionOf(settings);
  const queryMs = settings.DATABASE_QUERY_SECONDS * 1000;
  const names = settings.DATABASE_POOLER === "transaction" ? null : new StatementNames();
  const connections = new Connections(
    { ...config, names, max: settings.DATABASE_POOL_SIZE, query_timeout: queryMs + GRACE_MS },
    queryMs,
    password,
    outage,
  );
  const db = Object.assign(drizzleOver(connections), {
    transaction: connections.transaction,
  });
  const closing = new AbortController();
  try {
    await db.transaction((tx) => requireFitServer(tx));
  } catch (error) {
    await connections.end();
    throw error;
  }
  return {
    db,
    query: (query) => connections.query(query),
    tenantTransaction: connections.tenantTransaction,
    reads: connections.reads,
    ask: (guards) => connections.ask(guards),
    takesGuardsAlong: true,
    listen: listenTo(settings, connections, closing.signal),
    close: () => {
      closing.abort();
      return connections.end();
    },
  };
}

/** On a direct way to the server, where there is one. */
function listenTo(settings: DatabaseSettings, connections: Connections, closed: AbortSignal): Listen {
  const { DATABASE_URL, DATABASE_LISTEN_URL, DATABASE_POOLER } = settings;
  if (DATABASE_LISTEN_URL === undefined && DATABASE_POOLER === "transaction") {
    return listenByReading((query) => connections.query(query), closed);
  }
  const direct = connectionOf({ ...settings, DATABASE_URL: DATABASE_LISTEN_URL ?? DATABASE_URL });
  const tell = (channel: string) =>
    connections.query({ text: "select pg_notify($1, '')", values: [channel] });
  return listenOverPostgres(direct, tell, closed);
}
