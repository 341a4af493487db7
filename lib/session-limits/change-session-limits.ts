import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { withDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { becomeTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type FieldError, fieldError } from "../field-error";
import type { SessionLimits, SessionLimitsChange } from "./contract";
import { allowedLimits } from "./read-session-limits";

/**
 * Sets how long a sign-in of the tenant's people may last, from the next request on, for sign-ins of before too.
 *
 * @throws AppError `invalid_request` for a limit longer than the application's own, or too short; `database_unavailable`.
 */
export async function changeSessionLimits(
  tenant: TenantContext,
  change: SessionLimitsChange,
): Promise<SessionLimits> {
  const { tenantId } = tenant;
  const allowed = allowedLimits();
  requireAllowed(change, allowed);
  await keepTenant(tenantId);
  const { session_minutes: sessionMinutes, session_idle_minutes: sessionIdleMinutes } = change;
  const limits = await withDatabase((db) =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .update(tenants)
        .set({
          ...(sessionMinutes !== undefined && { sessionMinutes }),
          ...(sessionIdleMinutes !== undefined && { sessionIdleMinutes }),
        })
        .where(eq(tenants.id, tenantId))
        .returning({
          session_minutes: tenants.sessionMinutes,
          session_idle_minutes: tenants.sessionIdleMinutes,
        });
      if (!row) throw new AppError("no_tenant");
      await becomeTenant(tx, tenantId);
      const { session_minutes, session_idle_minutes } = row;
      // A record keeps no null.
      const detail = {
        session_minutes: session_minutes ?? 0,
        session_idle_minutes: session_idle_minutes ?? 0,
      };
      await recordAudit(tx, tenant, { action: "session_limits.changed", detail });
      return row;
    }),
  );
  return { ...limits, allowed };
}

/** @throws AppError `invalid_request`. */
function requireAllowed(change: SessionLimitsChange, allowed: SessionLimits["allowed"]): void {
  const fields = (["session_minutes", "session_idle_minutes"] as const).flatMap((field): FieldError[] => {
    const wanted = change[field] ?? null;
    const { least, most } = allowed[field];
    if (wanted === null || (wanted >= least && wanted <= most)) return [];
    return wanted < least
      ? [{ ...fieldError(field, "too_small", `must be ${least} at the least`), params: { minimum: least } }]
      : [{ ...fieldError(field, "too_large", `must be ${most} at the most`), params: { maximum: most } }];
  });
  if (fields.length > 0) throw new AppError("invalid_request", { fields });
}
