import type { TenantContext } from "../auth/tenancy/tenant";
import { withTenant } from "../db/with-tenant";
import { type AlertOutcome, toAlert } from "./contract";
import type { Status } from "./kinds";
import { lockAlerts, mayBecome, statusWrite, writeAlerts } from "./write-alerts";

/**
 * Moves up to 100 alerts to `status` at once, as `changeAlert` moves one, and says of each what became of it, in the
 * order asked. One that cannot be moved keeps none of the others back; what fails for another reason moves none. An id
 * of another tenant is answered as one that never was.
 */
export async function changeAlerts(
  tenant: TenantContext,
  ids: string[],
  status: Status,
): Promise<AlertOutcome[]> {
  return withTenant(tenant.tenantId, async (tx) => {
    const rows = await lockAlerts(tx, tenant, ids);
    const movable = rows.filter((row) => mayBecome(row, status));
    const changed = await writeAlerts(tx, tenant, movable, [statusWrite(tenant, status)]);
    return ids.map((id): AlertOutcome => {
      const now = changed.find((row) => row.id === id);
      if (now) return { id, outcome: "changed", alert: toAlert(now) };
      const row = rows.find((row) => row.id === id);
      if (!row) return { id, outcome: "not_found", alert: null };
      return { id, outcome: row.status === status ? "unchanged" : "conflict", alert: toAlert(row) };
    });
  });
}
