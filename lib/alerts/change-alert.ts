import { and, eq } from "drizzle-orm";
import { recordAudit } from "../auth/audit";
import type { TenantContext } from "../auth/tenant";
import { alerts } from "../db/schema";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type Alert, type Status, toAlert } from "./contract";
import { visibleAlerts } from "./visible";

/** An alert only moves forward. */
export const FORWARD: Record<Status, readonly Status[]> = {
  open: ["acknowledged", "resolved"],
  acknowledged: ["resolved"],
  resolved: [],
};

/**
 * Moves an alert to `status`: open → acknowledged → resolved, forward only. Saying what already is so changes
 * nothing and is no error, so that a repeated click or request is harmless.
 *
 * @throws AppError `not_found`, `conflict` for a step back.
 */
export async function changeAlert(tenant: TenantContext, id: string, status: Status): Promise<Alert> {
  const isAlert = and(visibleAlerts(tenant), eq(alerts.id, id));
  return withTenant(tenant.tenantId, async (tx) => {
    const [row] = await tx.select().from(alerts).where(isAlert).for("update");
    if (!row) throw new AppError("not_found");
    if (row.status === status) return toAlert(row);
    if (!FORWARD[row.status].includes(status)) {
      throw new AppError("conflict", { detail: `The alert is ${row.status} and cannot become ${status}.` });
    }
    const [changed] = await tx
      .update(alerts)
      .set({ status, updatedAt: new Date() })
      .where(isAlert)
      .returning();
    if (!changed) throw new AppError("not_found");
    const subject = { id, label: changed.title };
    if (status !== "open") await recordAudit(tx, tenant, { action: `alert.${status}`, subject });
    await announce(tx, tenant.tenantId, [id]);
    return toAlert(changed);
  });
}
