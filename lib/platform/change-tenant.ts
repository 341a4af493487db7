import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import { isReservedTenantId, isTenantId } from "../auth/tenancy/tenant-id";
import { withDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { announceToAll } from "../db/tenant-notices";
import { becomeTenant, type TenantTransaction } from "../db/with-tenant";
import { AppError } from "../errors";
import { TenantName } from "../tenants/contract";
import { type By, type PlatformAction, recordOnPlatform } from "./platform-record";

/**
 * Makes a tenant, for people to be invited to. One that was deleted may be made anew, and has nothing of before.
 *
 * @param name what people call it; its id where none is given.
 * @throws AppError `invalid_tenant`, `invalid_request` for a name that is too long or not to be seen, `conflict` where
 *   there is one, `database_unavailable`.
 */
export async function makeTenant(by: By, { id, name = id }: { id: string; name?: string }): Promise<void> {
  if (!isTenantId(id) || isReservedTenantId(id)) throw new AppError("invalid_tenant");
  const called = requireName(name);
  await change(by, id, { action: "tenant.made", detail: { name: called } }, async (tx) => {
    const row = { id, name: called, createdAt: new Date() };
    const made = await tx.insert(tenants).values(row).onConflictDoNothing().returning({ id: tenants.id });
    if (made.length === 0) throw new AppError("conflict", { detail: `There is a tenant ${id} already.` });
  });
}

/** Has people call a tenant something else; its id stays. @throws AppError `unknown_tenant`, as makeTenant for the name. */
export async function renameTenant(by: By, id: string, name: string): Promise<void> {
  const called = requireName(name);
  await change(by, id, { action: "tenant.renamed", detail: { name: called } }, (tx) =>
    update(tx, id, { name: called }),
  );
}

/**
 * From the next request on nobody of the tenant is served, on every instance: sign-ins, sessions, tokens and what is
 * being streamed are refused (`tenant_suspended`). The platform's own staff still comes in. Nothing is lost.
 *
 * @throws AppError `unknown_tenant`, `database_unavailable`.
 */
export async function suspendTenant(by: By, id: string): Promise<void> {
  await change(by, id, { action: "tenant.suspended" }, (tx) => update(tx, id, { suspendedAt: new Date() }));
}

/** Serves a tenant again; who was signed in still is. @throws AppError `unknown_tenant`, `database_unavailable`. */
export async function resumeTenant(by: By, id: string): Promise<void> {
  await change(by, id, { action: "tenant.resumed" }, (tx) => update(tx, id, { suspendedAt: null }));
}

/** A change with its two records, the platform's and the tenant's: none of the three is there without the others. */
function change(
  by: By,
  id: string,
  event: { action: PlatformAction; detail?: { name: string } },
  work: (tx: TenantTransaction) => Promise<void>,
): Promise<void> {
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      await work(tx);
      await recordOnPlatform(tx, by, id, event);
      await becomeTenant(tx, id);
      const named = event.detail && { subject: { id, label: event.detail.name } };
      await recordAudit(tx, { ...by, tenantId: id }, { action: event.action, ...named });
      await announceToAll(tx, id);
    }),
  );
}

async function update(tx: TenantTransaction, id: string, set: Partial<typeof tenants.$inferInsert>) {
  // What is being deleted is not changed any more.
  const whereKept = and(eq(tenants.id, id), isNull(tenants.deletingAt));
  const changed = await tx.update(tenants).set(set).where(whereKept).returning({ id: tenants.id });
  if (changed.length === 0) throw new AppError("unknown_tenant");
}

function requireName(name: string): string {
  const read = TenantName.safeParse(name);
  if (read.success) return read.data;
  throw new AppError("invalid_request", { detail: "A name has 1 to 100 characters that can be seen." });
}
