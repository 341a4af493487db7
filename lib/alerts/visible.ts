import { and, eq, or, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { alerts } from "./tables";

/**
 * The alerts that a caller may see: the tenant's, and what they alone are told. New sign-ins were alerts once, until they
 * end they are none.
 */
export function visibleAlerts({ tenantId, principal }: TenantContext): SQL | undefined {
  const ofTenant = eq(alerts.tenantId, tenantId);
  const isSignIn = sql`${alerts.notice} is not distinct from 'new_login'`;
  const forCaller = or(eq(alerts.audience, "tenant"), eq(alerts.ownerSub, principal.sub));
  return and(ofTenant, forCaller, sql`not (${isSignIn})`);
}
