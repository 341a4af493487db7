import { and, asc, inArray, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { type AuditAction, type AuditEvent, recordAudit } from "../audit/record";
import type { TenantContext } from "../auth/tenancy/tenant";
import { announce } from "../db/tenant-notices";
import type { TenantTransaction } from "../db/with-tenant";
import type { toAlert } from "./contract";
import type { Status } from "./kinds";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** An alert with the people in it, as it is read from the database. */
export type AlertRow = Parameters<typeof toAlert>[0];

/** A change of alerts, and what is put on record of it. */
export type AlertWrite = {
  set: (now: Date) => PgUpdateSetSource<typeof alerts>;
  action: AuditAction;
  detail?: NonNullable<AuditEvent["detail"]>;
};

/** An alert only moves forward, except that one that is resolved is opened again. */
const NEXT: Record<Status, readonly Status[]> = {
  open: ["acknowledged", "resolved"],
  acknowledged: ["resolved"],
  resolved: ["open"],
};

export function mayBecome(row: Pick<AlertRow, "status">, status: Status): boolean {
  return NEXT[row.status].includes(status);
}

/** Those of the alerts that the caller may see, locked: nobody else changes them meanwhile. */
export async function lockAlerts(
  tx: TenantTransaction,
  tenant: TenantContext,
  ids: string[],
): Promise<AlertRow[]> {
  return (
    tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(and(visibleAlerts(tenant), inArray(alerts.id, ids)))
      // Always in this order: two who take the same ones would otherwise wait for each other.
      .orderBy(asc(alerts.id))
      .for("update")
  );
}

export function statusWrite({ principal }: TenantContext, status: Status): AlertWrite {
  const by = principal.sub;
  const moves = (at: Date) => ({
    open: { acknowledgedBy: null, acknowledgedAt: null, resolvedBy: null, resolvedAt: null },
    acknowledged: { acknowledgedBy: by, acknowledgedAt: at },
    resolved: { resolvedBy: by, resolvedAt: at },
  });
  const action = status === "open" ? "alert.reopened" : (`alert.${status}` as const);
  return { set: (now) => ({ status, ...moves(now)[status] }), action };
}

/** Carries changes out on alerts that are locked, puts each on record, and tells whoever is watching. */
export async function writeAlerts(
  tx: TenantTransaction,
  tenant: TenantContext,
  rows: readonly Pick<AlertRow, "id" | "title">[],
  writes: readonly AlertWrite[],
): Promise<AlertRow[]> {
  if (rows.length === 0 || writes.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const now = new Date();
  const set: PgUpdateSetSource<typeof alerts> = Object.assign({}, ...writes.map((write) => write.set(now)));
  const [changed] = await Promise.all([
    tx
      .update(alerts)
      .set({ ...set, version: sql`${alerts.version} + 1`, updatedAt: now })
      .where(and(visibleAlerts(tenant), inArray(alerts.id, ids)))
      .returning(alertFields(tenant)),
    announce(tx, tenant.tenantId, "alerts", ids),
    ...rows.flatMap(({ id, title }) =>
      writes.map(({ action, detail = {} }) =>
        recordAudit(tx, tenant, { action, subject: { id, label: title }, detail }),
      ),
    ),
  ]);
  return changed;
}
