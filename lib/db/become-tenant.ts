import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { QueryConfig } from "pg";
import type { TenantTransaction } from "./opened";

const become = (tenantId: string) =>
  sql`select set_config('role', 'app_user', true), set_config('app.tenant_id', ${tenantId}, true)`;
const { sql: text } = new PgDialect().sqlToQuery(become(""));

/** The rest of a transaction that began with what belongs to no tenant sees and writes the rows of `tenantId` only. */
export async function becomeTenant(tx: Pick<TenantTransaction, "execute">, tenantId: string): Promise<void> {
  await tx.execute(become(tenantId));
}

/** The same as a statement by itself. */
export function becomingTenant(tenantId: string): QueryConfig {
  return { text, values: [tenantId] };
}
