import { and, desc, eq, gte, isNull, type SQL } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { afterCursor, type Page, toPage } from "../db/page";
import { searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type Alert, type ListAlerts, toAlert } from "./contract";
import { ME, NOBODY } from "./kinds";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/**
 * The alerts that the caller may see, newest first, by status, severity, source and assignee where asked.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant.
 */
export async function listAlerts(tenant: TenantContext, query: ListAlerts): Promise<Page<Alert>> {
  const { tenantId } = tenant;
  const after = afterCursor(alerts, query.cursor, tenantId, "alerts");
  const hasStatus = query.status && eq(alerts.status, query.status);
  const hasSeverity = query.severity && eq(alerts.severity, query.severity);
  const isSince = query.raised_since && gte(alerts.createdAt, new Date(query.raised_since));
  const hasSource = query.source === undefined ? undefined : eq(alerts.sourceKey, searchKey(query.source));
  const where = and(
    visibleAlerts(tenant),
    hasStatus,
    hasSeverity,
    hasSource,
    whereAssigned(tenant, query.assignee),
    isSince || undefined,
    after,
  );
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(where)
      .orderBy(desc(alerts.createdAt), desc(alerts.id))
      .limit(query.limit + 1),
  );
  const page = toPage(rows, query.limit, tenantId, "alerts");
  return { rows: page.rows.map(toAlert), next: page.next };
}

function whereAssigned({ principal }: TenantContext, assignee: string | undefined): SQL | undefined {
  if (assignee === undefined) return undefined;
  if (assignee === NOBODY) return isNull(alerts.assigneeSub);
  return eq(alerts.assigneeSub, assignee === ME ? principal.sub : assignee);
}
