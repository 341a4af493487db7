import { ask } from "../../db/client";
import { AppError } from "../../errors";
import { isOperator } from "../access/groups";
import type { Principal } from "../access/principal";
import { type TenantContext, tenantOfUser } from "./tenant";

type Served = Pick<TenantContext, "tenantId" | "isForeign"> & { principal: Pick<Principal, "groups"> };

/**
 * Refuses whoever works for a tenant that is suspended, but for the platform's own staff; everybody while it is being
 * deleted and once it is. The row is read each time, so that every instance knows at once: as a guard, with what the request asks next.
 *
 * @throws AppError `tenant_suspended`, `no_tenant` where it was deleted; to an operator elsewhere `unknown_tenant` where
 *   there is none; `database_unavailable`.
 */
export function requireServed({ tenantId, isForeign, principal }: Served): Promise<void> {
  const judge = ([row]: unknown[]) => {
    const { isThere, isSuspended, isBeingDeleted, last } = row as Standing;
    // A name that is mistyped would open an empty tenant, and what is written there be lost.
    if (!isThere && isForeign) throw new AppError("unknown_tenant");
    // A token of before would open it again.
    if (!isThere && last === "tenant.deleted") {
      throw new AppError("no_tenant", { cause: "the tenant was deleted" });
    }
    if (isBeingDeleted || (isSuspended && !isOperator(principal))) throw new AppError("tenant_suspended");
  };
  return ask({ statement: { text: HOW_IT_STANDS, values: [tenantId] }, judge });
}

type Standing = { isThere: boolean; isSuspended: boolean; isBeingDeleted: boolean; last: string | null };

const HOW_IT_STANDS = `select tenants.id is not null as "isThere", suspended_at is not null as "isSuspended",
    deleting_at is not null as "isBeingDeleted",
    case when tenants.id is null then (
      select action from platform_events where tenant = given.id order by created_at desc, platform_events.id desc limit 1
    ) end as last
  from (select $1::text as id) given left join tenants on tenants.id = given.id`;

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
