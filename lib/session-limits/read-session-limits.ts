import { eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readDatabase } from "../db/client";
import { tenants } from "../db/schema";
import { env } from "../env";
import type { SessionLimits } from "./contract";

/** What Cognito's own cookie lasts (an hour): with less, it would sign somebody in again who is refused at once. */
const LEAST_MINUTES = 60;
/** A session's last use is noted once a minute. */
const LEAST_IDLE_MINUTES = 5;

/** The limits of the caller's tenant. @throws AppError `database_unavailable`. */
export async function readSessionLimits({
  tenantId,
}: Pick<TenantContext, "tenantId">): Promise<SessionLimits> {
  const [row] = await readDatabase((reads) =>
    reads
      .select({ session_minutes: tenants.sessionMinutes, session_idle_minutes: tenants.sessionIdleMinutes })
      .from(tenants)
      .where(eq(tenants.id, tenantId)),
  );
  return { ...(row ?? { session_minutes: null, session_idle_minutes: null }), allowed: allowedLimits() };
}

/** What a tenant may set: never longer than the application's own limits. */
export function allowedLimits(): SessionLimits["allowed"] {
  const { SESSION_MINUTES: most, SESSION_IDLE_MINUTES: mostIdle } = env();
  return {
    session_minutes: { least: Math.min(LEAST_MINUTES, most), most },
    session_idle_minutes: { least: Math.min(LEAST_IDLE_MINUTES, mostIdle), most: mostIdle },
  };
}
