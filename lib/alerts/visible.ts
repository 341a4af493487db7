import { and, eq, or, type SQL } from "drizzle-orm";
import { may } from "../auth/roles";
import type { TenantContext } from "../auth/tenant";
import { alerts } from "../db/schema";

/** The alerts that a caller may see: the tenant's, their own, and as an administrator everyone's. */
export function visibleAlerts({ tenantId, principal, role }: TenantContext): SQL | undefined {
  const ofTenant = eq(alerts.tenantId, tenantId);
  if (may(role, "alerts:read-any")) return ofTenant;
  return and(ofTenant, or(eq(alerts.audience, "tenant"), eq(alerts.ownerSub, principal.sub)));
}
