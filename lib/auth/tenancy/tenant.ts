import { settleGuards } from "../../db/client";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import type { Role } from "../../roles";
import { isOperator, roleOf } from "../access/groups";
import type { Caller } from "../access/identify";
import type { Principal } from "../access/principal";
import { tenantBy } from "../single-sign-on/own-tenant";
import { isExternal } from "../single-sign-on/provider-name";
import { type TenantOwner, tenantAttribute } from "./tenant-attribute";
import { isTenantId } from "./tenant-id";

/** The tenant of everyone where `MULTI_TENANT_ENABLED=0`. */
export const ONLY_TENANT = "public";

/** The one tenant that a request is about, and what its caller may do there. */
export type TenantContext = {
  tenantId: string;
  principal: Principal;
  role: Role;
  /** An operator of the platform is at work in a tenant that is not their own. */
  isForeign: boolean;
  /** Where the request came from, for the record; null when it is not known. */
  address: string | null;
};

/**
 * The tenant of a request: what the verified identity says, never what a request asks for. A request may only name
 * the tenant that the caller means, and must then name the caller's own. The one exception: with `TENANT_STRICT=0`, an
 * operator may name another tenant, or have chosen it for the browser session; each such request is logged.
 *
 * @param named as namedTenant gives it.
 * @throws AppError `no_tenant`, `tenant_mismatch`, `cognito_unavailable`.
 */
export async function resolveTenant(
  { principal, session, address = null }: Pick<Caller, "principal" | "session"> & { address?: string | null },
  named: string | null,
): Promise<TenantContext> {
  if (!env().MULTI_TENANT_ENABLED) {
    return { tenantId: ONLY_TENANT, principal, role: roleOf(principal), isForeign: false, address };
  }
  const own = await ownTenant(principal);
  const meant = named ?? (mayActElsewhere(principal) ? session?.actingTenant : null) ?? own;
  if (meant === own) {
    return { tenantId: own, principal, role: roleOf(principal), isForeign: false, address };
  }
  const { sub } = principal;
  if (!mayActElsewhere(principal)) {
    log("warn", "tenant.mismatch", { sub, own, named });
    throw new AppError("tenant_mismatch");
  }
  log("warn", "tenant.operator_acts", { sub, own, tenant: meant });
  return { tenantId: meant, principal, role: "operator", isForeign: true, address };
}

/** Whether this caller may be at work in a tenant that is not their own. */
export function mayActElsewhere(principal: Principal): boolean {
  const { MULTI_TENANT_ENABLED, TENANT_STRICT } = env();
  return MULTI_TENANT_ENABLED && !TENANT_STRICT && isOperator(principal);
}

/** Whether this caller may do something to tenants as a whole: the platform's own staff, where there are several. */
export function mayManageTenants(principal: Principal): boolean {
  return env().MULTI_TENANT_ENABLED && isOperator(principal);
}

/** Whether this caller may also choose that tenant for a whole browser session: elsewhere the host or the claim says it. */
export function mayChooseTenant(principal: Principal): boolean {
  return mayActElsewhere(principal) && env().TENANT_MODE === "header";
}

/** The tenant of a user who is not asking anything themselves. @throws AppError `no_tenant`, `cognito_unavailable`. */
export async function tenantOfUser(
  user: Pick<Principal, "username" | "tenantClaim"> & Partial<Pick<Principal, "identities">>,
): Promise<string> {
  return env().MULTI_TENANT_ENABLED ? ownTenant(user) : ONLY_TENANT;
}

/** @throws AppError `no_tenant`, `cognito_unavailable`. */
async function ownTenant(
  user: TenantOwner & Pick<Principal, "tenantClaim"> & Partial<Pick<Principal, "identities">>,
): Promise<string> {
  const { username, identities = [], tenantClaim } = user;
  // Of whom a provider made, the name says it all.
  const isSaid = tenantClaim !== null || isExternal(user);
  const own = tenantBy({ username, identities }, isSaid ? tenantClaim : await attributeOf(user));
  if (own === null || !isTenantId(own)) throw new AppError("no_tenant");
  return own;
}

/** Of somebody whose sign-in has ended, Cognito is not asked. */
async function attributeOf(user: TenantOwner): Promise<string | null> {
  await settleGuards();
  return tenantAttribute(user);
}
