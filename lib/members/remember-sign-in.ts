import { sql } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import { recordAudit } from "../audit/record";
import { isOperator, roleOf } from "../auth/access/groups";
import type { Principal } from "../auth/access/principal";
import type { SignInOrigin } from "../auth/sign-in/sign-in-observer";
import { comesByProvider } from "../auth/single-sign-on/own-tenant";
import { resolveTenant } from "../auth/tenancy/tenant";
import { keepTenant } from "../auth/tenancy/tenants";
import { members } from "../db/schema";
import { type TenantTransaction, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { log } from "../log";

/**
 * Puts a completed sign-in into the directory and on the record of the user's tenant. Somebody without a tenant is in
 * neither; and that Cognito cannot say the tenant now is no reason to keep somebody out.
 *
 * @throws AppError `database_unavailable`.
 */
export async function rememberSignIn(
  principal: Principal,
  { way, address, userAgent, isNewDevice }: SignInOrigin & { isNewDevice: boolean },
): Promise<void> {
  try {
    const tenant = await resolveTenant({ principal, session: null, address }, null);
    await keepTenant(tenant.tenantId);
    await withTenant(tenant.tenantId, async (tx) => {
      if (isUuid(principal.sub)) await saveSignIn(tx, tenant.tenantId, principal);
      const detail = { way, new_device: isNewDevice, user_agent: userAgent.slice(0, 200) };
      await recordAudit(tx, tenant, { action: "sign_in.succeeded", detail });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "database_unavailable") throw error;
    if (error.code !== "no_tenant")
      log("warn", "members.sign_in_not_remembered", { sub: principal.sub, error });
  }
}

/** When the account was made, only the pool can tell: until its directory is read, now stands for it. */
async function saveSignIn(tx: TenantTransaction, tenantId: string, principal: Principal): Promise<void> {
  const { sub, username, email, name } = principal;
  const now = new Date();
  const byProvider = comesByProvider(principal);
  const shown = {
    username,
    email: email ?? username,
    name,
    role: roleOf(principal),
    isOperator: isOperator(principal),
    status: "active" as const,
    updatedAt: now,
    lastSignInAt: now,
    ...(byProvider !== null && { comesByProvider: byProvider }),
  };
  await tx
    .insert(members)
    .values({ tenantId, sub, createdAt: now, ...shown })
    .onConflictDoUpdate({
      target: [members.tenantId, members.sub],
      // Not every client may read the name: that a token does not say it is no news.
      set: { ...shown, email: email ?? sql`${members.email}`, name: name ?? sql`${members.name}` },
    });
}
