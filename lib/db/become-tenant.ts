import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { QueryConfig } from "pg";
import type { TenantTransaction } from "./opened";

const settings = (tenantId: string) =>
  sql`set_config('role', 'app_user', true), set_config('app.tenant_id', ${tenantId}, true)`;
const dialect = new PgDialect();
const WRITING = dialect.sqlToQuery(sql`select ${settings("")}`).sql;
const READING = dialect.sqlToQuery(
  sql`select ${settings("")}, set_config('transaction_read_only', 'on', true)`,
).sql;

/** The rest of a transaction that began with what belongs to no tenant sees and writes the rows of `tenantId` only. */
export async function becomeTenant(tx: Pick<TenantTransaction, "execute">, tenantId: string): Promise<void> {
  await tx.execute(sql`select ${settings(tenantId)}`);
}

/** The same as a statement by itself; in a transaction that only reads, the server refuses whatever would write. */
export function becomingTenant(tenantId: string, { isReading = false } = {}): QueryConfig {
  return { text: isReading ? READING : WRITING, values: [tenantId] };
}
