import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenant";
import { alerts } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Alert, toAlert } from "./contract";

/** @throws AppError `not_found`, the same for an id of another tenant and one that never was. */
export async function readAlert({ tenantId }: TenantContext, id: string): Promise<Alert> {
  const [row] = await withTenant(tenantId, (tx) =>
    tx
      .select()
      .from(alerts)
      .where(and(eq(alerts.tenantId, tenantId), eq(alerts.id, id))),
  );
  if (!row) throw new AppError("not_found");
  return toAlert(row);
}
