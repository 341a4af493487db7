import { type ExtractTablesWithRelations, sql } from "drizzle-orm";
import type { PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import { withDatabase } from "./client";

/** Tables are given to each query: no schema is known beforehand. */
type NoSchema = Record<string, never>;
export type TenantTransaction = PgTransaction<
  PgQueryResultHKT,
  NoSchema,
  ExtractTablesWithRelations<NoSchema>
>;

/**
 * Runs `work` in one transaction that sees and writes the rows of `tenantId` only: the role and the tenant are set
 * for this transaction, and row-level security does the rest, also for a query that forgets its condition.
 *
 * Use the transaction given, never another connection: PGlite has only one.
 *
 * @throws AppError `database_unavailable`, and whatever `work` throws.
 */
export function withTenant<T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  if (tenantId === "") throw new Error("withTenant needs a tenant");
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      await becomeTenant(tx, tenantId);
      return work(tx);
    }),
  );
}

/** The rest of a transaction that began with what belongs to no tenant sees and writes the rows of `tenantId` only. */
export async function becomeTenant(tx: TenantTransaction, tenantId: string): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'app_user', true), set_config('app.tenant_id', ${tenantId}, true)`,
  );
}
