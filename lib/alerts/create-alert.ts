import { v7 as uuidv7 } from "uuid";
import type { TenantContext } from "../auth/tenant";
import { alerts } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { type Alert, type NewAlert, toAlert } from "./contract";

/**
 * Raises an alert in the caller's tenant, open, owned by the caller.
 *
 * @param audience `owner`: only the caller and the tenant's administrators will see it.
 */
export async function createAlert(
  { tenantId, principal }: TenantContext,
  input: NewAlert,
  audience: "tenant" | "owner" = "tenant",
): Promise<Alert> {
  const now = new Date();
  const row = {
    ...input,
    audience,
    tenantId,
    id: uuidv7(),
    status: "open" as const,
    ownerSub: principal.sub,
    createdAt: now,
    updatedAt: now,
  };
  await withTenant(tenantId, (tx) => tx.insert(alerts).values(row));
  return toAlert(row);
}
