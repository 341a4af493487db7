import { randomUUID } from "node:crypto";
import { roleOf } from "../../../lib/auth/access/groups";
import type { TenantContext } from "../../../lib/auth/tenancy/tenant";

/** A caller in a tenant, as a verified token would have made one. Each call is another tenant unless it is named. */
export function makeTenant({
  tenantId = `tenant-${randomUUID()}`,
  sub = randomUUID() as string,
  groups = ["member"],
} = {}): TenantContext {
  const principal = {
    sub,
    username: sub,
    email: null,
    name: null,
    tokenUse: "access" as const,
    groups,
    tenantClaim: tenantId,
    identities: [],
    signInId: null,
    signedInAt: Math.floor(Date.now() / 1000),
    clientId: "server",
  };
  return { tenantId, principal, role: roleOf(principal), isForeign: false, address: "192.0.2.1" };
}
