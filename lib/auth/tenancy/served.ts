import { ask } from "../../db/client";
import { env } from "../../env";
import { AppError } from "../../errors";
import { isOperator } from "../access/groups";
import type { Principal } from "../access/principal";
import { isExternal } from "../single-sign-on/provider-name";
import { requireWayIn, type WaysIn } from "../single-sign-on/way-in";
import { type TenantContext, tenantOfUser } from "./tenant";

type Served = Pick<TenantContext, "tenantId" | "isForeign"> & {
  principal: Pick<Principal, "sub" | "username" | "clientId" | "groups" | "signedInAt">;
};

/**
 * Refuses whoever works for a tenant that is suspended, but for the platform's own staff; everybody while it is being
 * deleted and once it is; who came in by a way that is not open (requireWayIn); and whose sign-in is older than the tenant
 * allows. The row is read each time, so that every instance knows at once: as a guard, with what the request asks next.
 *
 * @throws AppError `tenant_suspended`, `no_tenant` where it was deleted; to an operator elsewhere `unknown_tenant` where
 *   there is none; as requireWayIn does; `session_ended`, `database_unavailable`.
 */
export function requireServed({ tenantId, isForeign, principal }: Served): Promise<void> {
  const judge = ([row]: unknown[]) => {
    const { isThere, isSuspended, isBeingDeleted, last, minutes, ...waysIn } = row as Standing;
    // A name that is mistyped would open an empty tenant, and what is written there be lost.
    if (!isThere && isForeign) throw new AppError("unknown_tenant");
    // A token of before would open it again.
    if (!isThere && last === "tenant.deleted") {
      throw new AppError("no_tenant", { cause: "the tenant was deleted" });
    }
    if (isBeingDeleted || (isSuspended && !isOperator(principal))) throw new AppError("tenant_suspended");
    if (!isForeign) requireWayIn(principal, waysIn);
    requireRecent(principal, minutes);
  };
  return ask({ statement: { text: HOW_IT_STANDS, values: [tenantId, principal.sub] }, judge });
}

/** By when Cognito says the sign-in was: a token says it however often it was refreshed, and whoever holds it. */
function requireRecent({ signedInAt }: Pick<Principal, "signedInAt">, minutes: number | null): void {
  if (minutes === null) return;
  const mostSeconds = Math.min(minutes, env().SESSION_MINUTES) * 60;
  if (Date.now() / 1000 - signedInAt < mostSeconds) return;
  throw new AppError("session_ended", {
    detail: "The sign-in is older than its tenant allows: sign in again.",
  });
}

type Standing = WaysIn & {
  isThere: boolean;
  isSuspended: boolean;
  isBeingDeleted: boolean;
  last: string | null;
  minutes: number | null;
};

const HOW_IT_STANDS = `select tenants.id is not null as "isThere", suspended_at is not null as "isSuspended",
    deleting_at is not null as "isBeingDeleted",
    case when tenants.id is null then (
      select action from platform_events where tenant = given.id order by created_at desc, platform_events.id desc limit 1
    ) end as last,
    session_minutes as minutes, single_sign_on as state, emergency_sub as "emergencySub", is_linked as "isLinked",
    proved_domains.domain is not null as "isOfDomain"
  from (select $1::text as id) given left join tenants on tenants.id = given.id
    left join accepted_users on accepted_users.sub = $2 and accepted_users.tenant = given.id
    left join proved_domains on proved_domains.domain = split_part(accepted_users.email, '@', 2)
      and proved_domains.tenant = given.id`;

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
    if (isUnknown && !isExternal(principal)) return;
    throw error;
  }
  await requireServed({ tenantId, isForeign: false, principal });
}
