import { and, desc, eq, gt, isNotNull, ne } from "drizzle-orm";
import type { TenantContext } from "../auth/tenant";
import { alerts } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { type Alert, toAlert } from "./contract";

const SHOWN_DAYS = 30;
const MOST_SHOWN = 5;

/** What was changed about the caller's account lately, the newest first, whether or not they have looked at it. */
export async function ownNotices({ tenantId, principal }: TenantContext): Promise<Alert[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx
      .select()
      .from(alerts)
      .where(
        and(
          eq(alerts.tenantId, tenantId),
          eq(alerts.ownerSub, principal.sub),
          isNotNull(alerts.notice),
          ne(alerts.notice, "new_login"),
          gt(alerts.createdAt, new Date(Date.now() - SHOWN_DAYS * 24 * 60 * 60_000)),
        ),
      )
      .orderBy(desc(alerts.createdAt), desc(alerts.id))
      .limit(MOST_SHOWN),
  );
  return rows.map(toAlert);
}
