import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as overNodePg } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as overPglite } from "drizzle-orm/pglite";
import { Pool } from "pg";
import { env } from "../env";
import { AppError } from "../errors";
import { lockFolder } from "../folder-lock/folder-lock";
import { log } from "../log";
import { translateDatabaseError, UnfitDatabaseError } from "./errors";
import { explainRefusal, requireFitServer } from "./fitness";
import { type Listen, listenOverPglite, listenOverPostgres } from "./listen";
import { migratePglite } from "./migrate";

export type Database = PgDatabase<PgQueryResultHKT>;

/** Also the longest wait for a free connection: a hundred requests at once must not look like a database that is down. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 5_000;

type Query = { text: string; values?: unknown[] };
type Opened = {
  db: Database;
  query: (query: Query) => Promise<{ rows: unknown[] }>;
  listen: Listen;
  close: () => Promise<void>;
};
/** Next evaluates this module several times in one process; PGlite must be opened once. */
const shared = globalThis as typeof globalThis & { sekishoDatabase?: Promise<Opened> | undefined };

/**
 * The database of this process, opened at the first call: PostgreSQL when `DATABASE_URL` is set, else PGlite in
 * `DATA_DIR`. Outside `withTenant` its role is `app_session`, which sees no tenant's rows.
 *
 * @throws AppError `database_unavailable`; UnfitDatabaseError; FolderLockedError. The next call tries again.
 */
export async function database(): Promise<Database> {
  shared.sekishoDatabase ??= open().catch((error) => {
    shared.sekishoDatabase = undefined;
    throw error instanceof UnfitDatabaseError ? error : translateDatabaseError(error);
  });
  return (await shared.sekishoDatabase).db;
}

/** Closes the database of this process, if it was opened. */
export async function closeDatabase(): Promise<void> {
  const opened = shared.sekishoDatabase;
  shared.sekishoDatabase = undefined;
  await (await opened)?.close();
}

/** Runs SQL that a library brings along, outside any tenant; what fails comes out as the driver threw it. */
export async function rawQuery(query: Query): Promise<{ rows: unknown[] }> {
  await database();
  const opened = await shared.sekishoDatabase;
  if (!opened) throw new Error("The database was closed.");
  return opened.query(query);
}

/** Hears the notifications of a channel; `Listen` says how. @throws as `database`, and what the driver throws. */
export const listen: Listen = async (...wanted) => {
  await database();
  const opened = await shared.sekishoDatabase;
  if (!opened) throw new Error("The database was closed.");
  return opened.listen(...wanted);
};

/** Runs one query or transaction outside any tenant; its failures come out as translateDatabaseError says. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function open(): Promise<Opened> {
  const { DATABASE_URL, DATA_DIR } = env();
  if (!DATABASE_URL) return openPglite(join(DATA_DIR, "db")).catch(explainFolder);
  return openPostgres(DATABASE_URL).catch((error) => {
    throw explainRefusal(error);
  });
}

/** A folder that cannot be written is no database that is away. */
function explainFolder(error: NodeJS.ErrnoException): never {
  if (!/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(error.code ?? "")) throw error;
  throw new UnfitDatabaseError(`DATA_DIR cannot be written: ${error.message}.`);
}

async function openPostgres(url: string): Promise<Opened> {
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
  const db = Object.assign(overNodePg(pool), { transaction: transactionOn(pool) });
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
      const result = await overNodePg(client).transaction(work, config);
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

async function openPglite(folder: string): Promise<Opened> {
  const lock = lockFolder(folder);
  try {
    const pglite = await PGlite.create(join(folder, "pglite"));
    const db = overPglite(pglite);
    await migratePglite(db);
    // The only session PGlite has is a superuser's, which no policy binds.
    await db.execute(sql`set role app_session`);
    const closing = new AbortController();
    const close = async () => {
      closing.abort();
      await pglite.close();
      lock.release();
    };
    const query = ({ text, values }: Query) => pglite.query(text, values);
    return { db, query, listen: listenOverPglite(pglite, closing.signal), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
