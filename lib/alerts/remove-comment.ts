import { sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { may } from "../roles";
import { REMOVE_ANY_COMMENT } from "./permissions";
import { whereComment } from "./read-comments";
import { alertComments, alerts } from "./tables";
import { lockAlerts, writeAlerts } from "./write-alerts";

/**
 * Removes a comment: one's own, or anyone's as an administrator. It is gone; the record says that there was one.
 *
 * @throws AppError `not_found`, `forbidden`.
 */
export async function removeComment(tenant: TenantContext, alertId: string, id: string): Promise<void> {
  const { tenantId, principal, role } = tenant;
  const whereRow = whereComment(tenant, alertId, id);
  await withTenant(tenantId, async (tx) => {
    // Who waits for the alert reads the comment after it: it is removed once.
    const [[alert], [comment]] = await Promise.all([
      lockAlerts(tx, tenant, [alertId]),
      tx.select().from(alertComments).where(whereRow),
    ]);
    if (!alert || !comment) throw new AppError("not_found");
    if (comment.authorSub !== principal.sub && !may(role, REMOVE_ANY_COMMENT))
      throw new AppError("forbidden");
    const set = () => ({ commentCount: sql`${alerts.commentCount} - 1` });
    const detail = { author: comment.authorSub };
    await Promise.all([
      tx.delete(alertComments).where(whereRow),
      writeAlerts(tx, tenant, [alert], [{ set, action: "alert.comment_removed", detail }]),
    ]);
  });
}
