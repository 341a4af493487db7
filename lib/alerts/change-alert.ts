import type { TenantContext } from "../auth/tenancy/tenant";
import { detailOf, type Expected, isExpected, WHICHEVER } from "../db/expected-version";
import { withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { requireAssignable } from "./assignable";
import { type Alert, type AlertChange, toAlert } from "./contract";
import type { Status } from "./kinds";
import {
  type AlertRow,
  type AlertWrite,
  lockAlerts,
  mayBecome,
  statusWrite,
  writeAlerts,
} from "./write-alerts";

/**
 * Moves an alert to another status (open → acknowledged → resolved, forward only, and from resolved to open again),
 * assigns it to a member, or both. If it is of an expected version. Saying what already is so changes nothing and is no
 * error, so that a repeated click or request is harmless.
 *
 * @throws AppError `not_found`; `conflict` for any other step back, and for assigning what the application itself tells
 *   one person; `invalid_request` for who cannot be assigned to; `precondition_failed`.
 */
export async function changeAlert(
  tenant: TenantContext,
  id: string,
  { status, assignee }: AlertChange,
  expected: Expected = WHICHEVER,
): Promise<Alert> {
  return withTenant(tenant.tenantId, async (tx) => {
    const [[row], wanted] = await Promise.all([
      lockAlerts(tx, tenant, [id]),
      typeof assignee === "string" ? requireAssignable(tx, tenant, assignee) : assignee,
    ]);
    if (!row) throw new AppError("not_found");
    if (!isExpected(row.version, expected)) throw new AppError("precondition_failed", detailOf(expected));
    const writes = [...stepOf(tenant, row, status), ...assignmentOf(tenant, row, wanted)];
    const [changed] = await writeAlerts(tx, tenant, [row], writes);
    return toAlert(changed ?? row);
  });
}

function stepOf(tenant: TenantContext, row: AlertRow, status: Status | undefined): AlertWrite[] {
  if (status === undefined || row.status === status) return [];
  if (mayBecome(row, status)) return [statusWrite(tenant, status)];
  throw new AppError("conflict", { detail: `The alert is ${row.status} and cannot become ${status}.` });
}

function assignmentOf(
  { principal }: TenantContext,
  row: AlertRow,
  wanted: { sub: string; label: string } | null | undefined,
): AlertWrite[] {
  if (wanted === undefined || row.assigneeSub === (wanted?.sub ?? null)) return [];
  if (row.notice !== null) throw new AppError("conflict", { detail: "This is for its owner alone." });
  if (wanted === null) {
    return [
      { set: () => ({ assigneeSub: null, assignedBy: null, assignedAt: null }), action: "alert.unassigned" },
    ];
  }
  const set = (now: Date) => ({ assigneeSub: wanted.sub, assignedBy: principal.sub, assignedAt: now });
  return [{ set, action: "alert.assigned", detail: { assignee: wanted.sub, name: wanted.label } }];
}
