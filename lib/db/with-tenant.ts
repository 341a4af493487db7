import { withOpened } from "./client";
import type { Reads, TenantTransaction } from "./opened";

export { becomeTenant } from "./become-tenant";
export type { Reads, TenantTransaction };

/**
 * Runs `work` in one transaction that sees and writes the rows of `tenantId` only: the role and the tenant are set
 * for this transaction, and row-level security does the rest, also for a query that forgets its condition.
 *
 * Use the transaction given, never another connection: PGlite has only one.
 *
 * @throws AppError `database_unavailable`, and whatever `work` throws.
 */
export function withTenant<T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  requireTenant("withTenant", tenantId);
  return withOpened(({ tenantTransaction }) => tenantTransaction(tenantId, work));
}

/**
 * The same for what only reads, in one round trip: what `work` asks at the same time is one transaction, and what it asks
 * after that another one. Whatever would write is refused by the server.
 *
 * @throws as withTenant.
 */
export function readTenant<T>(tenantId: string, work: (reads: Reads) => Promise<T>): Promise<T> {
  requireTenant("readTenant", tenantId);
  return withOpened(({ reads }) => reads(tenantId, work));
}

function requireTenant(who: string, tenantId: string): void {
  if (tenantId === "") throw new Error(`${who} needs a tenant`);
}
