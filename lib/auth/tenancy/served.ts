import { desc, eq } from "drizzle-orm";
import { withDatabase } from "../../db/client";
import { platformEvents, tenants } from "../../db/schema";
import { AppError } from "../../errors";
import { isOperator } from "../access/groups";
import type { Principal } from "../access/principal";
import { type TenantContext, tenantOfUser } from "./tenant";

type Served = Pick<TenantContext, "tenantId" | "isForeign"> & { principal: Pick<Principal, "groups"> };

/**
 * Refuses whoever works for a tenant that is suspended, but for the platform's own staff; everybody while it is being
 * deleted and once it is. The row is read each time, so that every instance knows at once.
 *
 * @throws AppError `tenant_suspended`, `no_tenant` where it was deleted; to an operator elsewhere `unknown_tenant` where
 *   there is none; `database_unavailable`.
 */
export async function requireServed({ tenantId, isForeign, principal }: Served): Promise<void> {
  const [row] = await withDatabase((db) =>
    db
      .select({ suspendedAt: tenants.suspendedAt, deletingAt: tenants.deletingAt })
      .from(tenants)
      .where(eq(tenants.id, tenantId)),
  );
  if (!row) {
    // A name that is mistyped would open an empty tenant, and what is written there be lost.
    if (isForeign) throw new AppError("unknown_tenant");
    // A token of before would open it again.
    if (await wasDeleted(tenantId)) throw new AppError("no_tenant", { cause: "the tenant was deleted" });
    return;
  }
  if (row.deletingAt !== null || (row.suspendedAt !== null && !isOperator(principal))) {
    throw new AppError("tenant_suspended");
  }
}

/**
 * The same for who signs in or asks for their own account. Where Cognito cannot say the tenant now, they are let in: all
 * that is a tenant's is asked for by requireServed.
 *
 * @throws AppError as requireServed does.
 */
export async function requireServedUser(principal: Principal): Promise<void> {
  let tenantId: string;
  try {
    tenantId = await tenantOfUser(principal);
  } catch (error) {
    const isUnknown = error instanceof AppError && ["no_tenant", "cognito_unavailable"].includes(error.code);
    if (isUnknown) return;
    throw error;
  }
  await requireServed({ tenantId, isForeign: false, principal });
}

async function wasDeleted(tenant: string): Promise<boolean> {
  const [last] = await withDatabase((db) =>
    db
      .select({ action: platformEvents.action })
      .from(platformEvents)
      .where(eq(platformEvents.tenant, tenant))
      .orderBy(desc(platformEvents.createdAt), desc(platformEvents.id))
      .limit(1),
  );
  return last?.action === "tenant.deleted";
}
