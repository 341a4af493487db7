import type { Caller } from "../auth/authenticate";
import { setActingTenant } from "../auth/session-store";
import { mayActElsewhere } from "../auth/tenant";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";

/**
 * Lets an operator work in another tenant for the rest of the browser session; null for their own again.
 *
 * @throws AppError `forbidden` for anyone else and where `TENANT_STRICT=1`; `conflict` for a bearer, and outside
 *   header mode, where the host or the claim says it.
 */
export async function actInTenant({ principal, session }: Caller, tenantId: string | null): Promise<void> {
  if (!mayActElsewhere(principal)) throw new AppError("forbidden");
  if (session === null || env().TENANT_MODE !== "header") {
    throw new AppError("conflict", { detail: "Name the tenant with each request instead." });
  }
  await setActingTenant(session.id, tenantId);
  log("warn", "tenant.operator_chose", { sub: principal.sub, tenant: tenantId });
}
