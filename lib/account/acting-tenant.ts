import type { Caller } from "../auth/access/identify";
import { setActingTenant } from "../auth/session/session-store";
import { mayActElsewhere, mayChooseTenant } from "../auth/tenancy/tenant";
import { knownTenant } from "../auth/tenancy/tenants";
import { AppError } from "../errors";
import { log } from "../log";

/**
 * Lets an operator work in another tenant for the rest of the browser session; null for their own again.
 *
 * @throws AppError `forbidden` for anyone else, where `TENANT_STRICT=1` and where there is one tenant only; `conflict` for
 *   a bearer, and outside header mode; `unknown_tenant`.
 */
export async function actInTenant({ principal, session }: Caller, tenantId: string | null): Promise<void> {
  if (!mayActElsewhere(principal)) throw new AppError("forbidden");
  if (session === null || !mayChooseTenant(principal)) {
    throw new AppError("conflict", { detail: "Name the tenant with each request instead." });
  }
  if (tenantId !== null) await knownTenant(tenantId);
  await setActingTenant(session.id, tenantId);
  log("warn", "tenant.operator_chose", { sub: principal.sub, tenant: tenantId });
}
