import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { AppError } from "../errors";
import { log } from "../log";
import { requireFitServer } from "./fitness";
import { listenOverPostgres } from "./listen";
import type { Database, Opened } from "./opened";

/** Also the longest wait for a free connection: a hundred requests at once must not look like a database that is down. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 5_000;

/** Opens a PostgreSQL server. @throws UnfitDatabaseError; what the driver throws. */
export async function openPostgres(url: string): Promise<Opened> {
  const pool = new Pool({
    connectionString: url,
    application_name: "sekisho",
    options: "-c role=app_session",
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
  });
  // A connection that breaks ends the process unless both listen: the pool while it is idle, its own while in use.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", (error) => log("warn", "database.connection_lost", { error }));
  });
  const db = Object.assign(drizzle(pool), { transaction: transactionOn(pool) });
  const closing = new AbortController();
  try {
    await requireFitServer(db);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    db,
    query: (query) => pool.query(query),
    listen: listenOverPostgres(url, closing.signal),
    close: () => {
      closing.abort();
      return pool.end();
    },
  };
}

/**
 * Drizzle's own transaction over a pool keeps the connection for good when its BEGIN fails: a few restarts of the
 * server, and the pool is empty. A connection whose transaction failed other than by our own decision is not used
 * again, because its rollback may have failed too.
 */
function transactionOn(pool: Pool): Database["transaction"] {
  return async (work, config) => {
    const client = await pool.connect();
    let isSound = false;
    try {
      const result = await drizzle(client).transaction(work, config);
      isSound = true;
      return result;
    } catch (error) {
      isSound = error instanceof AppError;
      throw error;
    } finally {
      client.release(!isSound);
    }
  };
}
