import { and, desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { afterCursor, type Page, type PageQuery, toPage } from "../db/page";
import { type Reads, readTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type AlertComment, toComment } from "./contract";
import { alertComments, alerts, commentFields } from "./tables";
import { visibleAlerts } from "./visible";

/**
 * What people wrote about an alert, newest first.
 *
 * @throws AppError `not_found` as readAlert; `invalid_request` for a cursor of another alert or tenant.
 */
export async function listComments(
  tenant: TenantContext,
  alertId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<AlertComment>> {
  const { tenantId } = tenant;
  const list = `comments of ${alertId}`;
  const after = afterCursor(alertComments, cursor, tenantId, list);
  const [rows] = await readTenant(tenantId, (tx) =>
    Promise.all([
      tx
        .select(commentFields(tenant))
        .from(alertComments)
        .where(and(whereAbout(tenant, alertId), after))
        .orderBy(desc(alertComments.createdAt), desc(alertComments.id))
        .limit(limit + 1),
      requireVisible(tx, tenant, alertId),
    ]),
  );
  const page = toPage(rows, limit, tenantId, list);
  return { rows: page.rows.map(toComment), next: page.next };
}

/** @throws AppError `not_found` for one of another alert, too. */
export async function readComment(tenant: TenantContext, alertId: string, id: string): Promise<AlertComment> {
  const [[row]] = await readTenant(tenant.tenantId, (tx) =>
    Promise.all([
      tx
        .select(commentFields(tenant))
        .from(alertComments)
        .where(whereComment(tenant, alertId, id)),
      requireVisible(tx, tenant, alertId),
    ]),
  );
  if (!row) throw new AppError("not_found");
  return toComment(row);
}

const whereAbout = ({ tenantId }: TenantContext, alertId: string) =>
  and(eq(alertComments.tenantId, tenantId), eq(alertComments.alertId, alertId));

/** One comment, of that alert and no other. */
export const whereComment = (tenant: TenantContext, alertId: string, id: string) =>
  and(whereAbout(tenant, alertId), eq(alertComments.id, id));

async function requireVisible(tx: Reads, tenant: TenantContext, alertId: string): Promise<void> {
  const whereAlert = and(visibleAlerts(tenant), eq(alerts.id, alertId));
  const found = await tx.select({ id: alerts.id }).from(alerts).where(whereAlert);
  if (found.length === 0) throw new AppError("not_found");
}
