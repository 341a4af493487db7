import { and, asc, inArray } from "drizzle-orm";
import { recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { announce } from "../db/tenant-notices";
import { type TenantTransaction, withTenant } from "../db/with-tenant";
import { type AlertOutcome, toAlert } from "./contract";
import type { Status } from "./kinds";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** An alert only moves forward, except that one that is resolved is opened again. */
const NEXT: Record<Status, readonly Status[]> = {
  open: ["acknowledged", "resolved"],
  acknowledged: ["resolved"],
  resolved: ["open"],
};

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
    const rows = await tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(and(visibleAlerts(tenant), inArray(alerts.id, ids)))
      // Always in this order: two who take the same ones would otherwise wait for each other.
      .orderBy(asc(alerts.id))
      .for("update");
    // Locked: nobody else moves them meanwhile.
    const movable = rows.filter((row) => NEXT[row.status].includes(status));
    const changed = await move(tx, tenant, movable, status);
    return ids.map((id): AlertOutcome => {
      const now = changed.find((row) => row.id === id);
      if (now) return { id, outcome: "changed", alert: toAlert(now) };
      const row = rows.find((row) => row.id === id);
      if (!row) return { id, outcome: "not_found", alert: null };
      return { id, outcome: row.status === status ? "unchanged" : "conflict", alert: toAlert(row) };
    });
  });
}

async function move(
  tx: TenantTransaction,
  tenant: TenantContext,
  rows: { id: string; title: string }[],
  status: Status,
): Promise<Parameters<typeof toAlert>[0][]> {
  if (rows.length === 0) return [];
  const now = new Date();
  const by = tenant.principal.sub;
  const moves = {
    open: { acknowledgedBy: null, acknowledgedAt: null, resolvedBy: null, resolvedAt: null },
    acknowledged: { acknowledgedBy: by, acknowledgedAt: now },
    resolved: { resolvedBy: by, resolvedAt: now },
  };
  const action = status === "open" ? "alert.reopened" : (`alert.${status}` as const);
  const ids = rows.map(({ id }) => id);
  const [changed] = await Promise.all([
    tx
      .update(alerts)
      .set({ status, updatedAt: now, ...moves[status] })
      .where(and(visibleAlerts(tenant), inArray(alerts.id, ids)))
      .returning(alertFields(tenant)),
    announce(tx, tenant.tenantId, "alerts", ids),
    ...rows.map(({ id, title }) => recordAudit(tx, tenant, { action, subject: { id, label: title } })),
  ]);
  return changed;
}
