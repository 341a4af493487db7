import { v7 as uuidv7 } from "uuid";
import { recordAudit } from "../audit/record";
import { callerAsPerson } from "../auth/tenancy/person";
import type { TenantContext } from "../auth/tenancy/tenant";
import { onlyOnce } from "../db/only-once";
import { announce } from "../db/tenant-notices";
import { withTenant } from "../db/with-tenant";
import { type Alert, type NewAlert, toOwnAlert } from "./contract";
import { alerts } from "./tables";

const NOT_MOVED = { acknowledgedBy: null, acknowledgedAt: null, resolvedBy: null, resolvedAt: null };
const NOT_ASSIGNED = { assigneeSub: null, assignedBy: null, assignedAt: null };

/**
 * Raises an alert in the caller's tenant, open, owned by the caller, for everybody there. What the application itself
 * has to say is raised by raiseNotice alone.
 *
 * @param options `idempotencyKey`: with the same key, the same request is carried out once and answered alike for a day.
 * @throws AppError `idempotency_key_reused`.
 */
export async function createAlert(
  tenant: TenantContext,
  input: NewAlert,
  options: { idempotencyKey?: string | null } = {},
): Promise<Alert> {
  const { tenantId, principal } = tenant;
  const now = new Date();
  const row = {
    ...input,
    notice: null,
    facts: null,
    audience: "tenant" as const,
    tenantId,
    id: uuidv7(),
    status: "open" as const,
    ownerSub: principal.sub,
    commentCount: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const key = options.idempotencyKey ?? null;
  const once = {
    tenantId,
    ownerSub: principal.sub,
    operation: "createAlert",
    key,
    input,
    answer: toOwnAlert({ ...row, ...NOT_MOVED, ...NOT_ASSIGNED }),
  };
  const subject = { id: row.id, label: row.title };
  const detail = { severity: row.severity };
  return withTenant(tenantId, async (tx) => {
    const work = () =>
      Promise.all([
        tx.insert(alerts).values(row),
        recordAudit(tx, tenant, { action: "alert.created", subject, detail }),
        announce(tx, tenantId, "alerts", [row.id]),
      ]);
    const [answer, owner] = await Promise.all([onlyOnce(tx, once, work), callerAsPerson(tx, tenant)]);
    return { ...answer, owner, acknowledged: null, resolved: null, assigned: null };
  });
}
