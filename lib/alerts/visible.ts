import { and, eq, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
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

/**
 * The same in two parts, each with an index of its own, for what counts them: those of the whole tenant, of which none is
 * a notice (`alerts_notice_is_personal`), and the notices of the caller, who alone may see them.
 */
export function visibleParts({ tenantId, principal }: TenantContext): [SQL | undefined, SQL | undefined] {
  const ofTenant = eq(alerts.tenantId, tenantId);
  const isOwn = and(eq(alerts.ownerSub, principal.sub), ne(alerts.audience, "tenant"));
  const isShown = and(isNotNull(alerts.notice), ne(alerts.notice, "new_login"));
  return [and(ofTenant, sql`${alerts.audience} = 'tenant'`), and(ofTenant, isOwn, isShown)];
}
