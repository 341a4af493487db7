import { env } from "../env";
import { AppError } from "../errors";
import type { Principal } from "./principal";
import { type Role, roleOf } from "./roles";
import { tenantAttribute } from "./tenant-attribute";
import { isTenantId } from "./tenant-id";

/** The one tenant that a request is about, and what its caller may do there. */
export type TenantContext = {
  tenantId: string;
  principal: Principal;
  role: Role;
};

/**
 * The tenant of a request: what the verified identity says, never what a header asks for. A header may only name
 * the tenant that the caller means, and must then name the caller's own.
 *
 * @param named the tenant header as it came, or null; looked at in `header` mode only.
 * @throws AppError `invalid_tenant` (malformed name), `no_tenant`, `tenant_mismatch`, `cognito_unavailable`.
 */
export async function resolveTenant(principal: Principal, named: string | null): Promise<TenantContext> {
  const meant = env().TENANT_MODE === "header" ? named : null;
  if (meant !== null && !isTenantId(meant)) throw new AppError("invalid_tenant");
  const own = principal.tenantClaim ?? (await tenantAttribute(principal.username));
  if (own === null || !isTenantId(own)) throw new AppError("no_tenant");
  if (meant !== null && meant !== own) throw new AppError("tenant_mismatch");
  return { tenantId: own, principal, role: roleOf(principal) };
}
