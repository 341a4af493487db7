import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import type { Guard } from "./guards";
import type { Listen } from "./listen";

export type Database = PgDatabase<PgQueryResultHKT>;
export type Query = { text: string; values?: unknown[] };

/** Tables are given to each query: no schema is known beforehand. */
type NoSchema = Record<string, never>;
export type TenantTransaction = PgTransaction<
  PgQueryResultHKT,
  NoSchema,
  ExtractTablesWithRelations<NoSchema>
>;
/** What only reads; what it is asked at the same time is one transaction. */
export type Reads = Pick<Database, "select" | "selectDistinct" | "execute" | "with" | "$with" | "$count">;

/** A database that is open, whichever it is. */
export type Opened = {
  db: Database;
  query: (query: Query) => Promise<{ rows: unknown[] }>;
  tenantTransaction: <T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  /** Null: what belongs to no tenant. */
  reads: <T>(tenantId: string | null, work: (reads: Reads) => Promise<T>) => Promise<T>;
  /** Asks guards now. @throws AppError of the first that refuses. */
  ask: (guards: readonly Guard[]) => Promise<void>;
  /** Whether what is asked next takes guards along that were left to it. */
  takesGuardsAlong: boolean;
  listen: Listen;
  close: () => Promise<void>;
};
