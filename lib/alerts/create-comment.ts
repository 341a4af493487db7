import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { callerAsPerson } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { onlyOnce } from "../db/only-once";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { type AlertComment, type NewComment, toOwnComment } from "./contract";
import { alertComments, alerts } from "./tables";
import { lockAlerts, writeAlerts } from "./write-alerts";

/**
 * Writes a comment about an alert, in the caller's name.
 *
 * @param alertId of one that the caller may see.
 * @param idempotencyKey with the same key, the same request is carried out once and answered alike for a day.
 * @throws AppError `not_found`; `conflict` for what the application itself tells one person; `idempotency_key_reused`.
 */
export async function createComment(
  tenant: TenantContext,
  alertId: string,
  input: NewComment,
  idempotencyKey: string | null = null,
): Promise<AlertComment> {
  const { tenantId, principal } = tenant;
  const row = { ...input, tenantId, id: uuidv7(), alertId, authorSub: principal.sub, createdAt: new Date() };
  const once = {
    tenantId,
    ownerSub: principal.sub,
    operation: "createComment",
    key: idempotencyKey,
    input: { alertId, ...input },
    answer: toOwnComment(row),
  };
  return withTenant(tenantId, async (tx) => {
    const locked = lockAlerts(tx, tenant, [alertId]);
    const work = async () => {
      const [alert] = await locked;
      if (!alert) throw new AppError("not_found");
      if (alert.notice !== null) throw new AppError("conflict", { detail: "This is for its owner alone." });
      const set = () => ({ commentCount: sql`${alerts.commentCount} + 1` });
      await Promise.all([
        tx.insert(alertComments).values(row),
        writeAlerts(tx, tenant, [alert], [{ set, action: "alert.commented" }]),
      ]);
    };
    const [answer, author] = await Promise.all([
      onlyOnce(tx, once, work),
      callerAsPerson(tx, tenant),
      locked,
    ]);
    return { ...answer, author };
  });
}
