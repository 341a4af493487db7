import type { TenantContext } from "../auth/tenancy/tenant";
import { tenantName } from "../auth/tenancy/tenants";
import type { InvitedBy } from "../cognito/user-administration";
import { env } from "../env";

/** Whom an invitation by this caller is from. Where everybody is of the one tenant, that has no name. @throws AppError `database_unavailable`. */
export async function invitedBy({ tenantId, principal }: TenantContext): Promise<InvitedBy> {
  const tenant = env().MULTI_TENANT_ENABLED ? await tenantName(tenantId) : null;
  return { tenant, inviter: principal.name };
}
