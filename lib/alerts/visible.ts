import { and, eq, ne, or, type SQL } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { may } from "../roles";
import { READ_ANY_ALERT } from "./permissions";
import { alerts } from "./tables";

/**
 * The alerts that a caller may see: the tenant's, their own, and as an administrator also what their members'
 * administrators are told. What is for its owner alone, nobody else sees.
 */
export function visibleAlerts({ tenantId, principal, role }: TenantContext): SQL | undefined {
  const ofTenant = eq(alerts.tenantId, tenantId);
  const ofAudience = may(role, READ_ANY_ALERT) ? ne(alerts.audience, "self") : eq(alerts.audience, "tenant");
  return and(ofTenant, or(ofAudience, eq(alerts.ownerSub, principal.sub)));
}
