import { sql } from "drizzle-orm";
import type { TenantTransaction } from "./opened";

/** The rest of a transaction that began with what belongs to no tenant sees and writes the rows of `tenantId` only. */
export async function becomeTenant(tx: Pick<TenantTransaction, "execute">, tenantId: string): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'app_user', true), set_config('app.tenant_id', ${tenantId}, true)`,
  );
}
