import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Alert, toAlert } from "./contract";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** @throws AppError `not_found`, the same for an id of another tenant, one that the caller may not see and one that never was. */
export async function readAlert(tenant: TenantContext, id: string): Promise<Alert> {
  const [row] = await readTenant(tenant.tenantId, (tx) =>
    tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(and(visibleAlerts(tenant), eq(alerts.id, id))),
  );
  if (!row) throw new AppError("not_found");
  return toAlert(row);
}
