import type { TenantContext } from "../auth/tenancy/tenant";
import { withTenant } from "../db/with-tenant";
import type { Member } from "./contract";
import { saveMember } from "./member-rows";
import { requireMember } from "./pool-member";

/** A member as Cognito has them now. @throws AppError `not_found`, `cognito_unavailable`. */
export async function readMember(tenant: TenantContext, id: string): Promise<Member> {
  const { tenantId } = tenant;
  const member = await requireMember(tenant, id);
  return withTenant(tenantId, (tx) => saveMember(tx, tenantId, member));
}
