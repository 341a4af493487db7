import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Listen } from "./listen";

export type Database = PgDatabase<PgQueryResultHKT>;
export type Query = { text: string; values?: unknown[] };

/** A database that is open, whichever it is. */
export type Opened = {
  db: Database;
  query: (query: Query) => Promise<{ rows: unknown[] }>;
  listen: Listen;
  close: () => Promise<void>;
};
