import { type AuditEvent, recordAuditApart } from "../audit/record";
import { isTenantId } from "../auth/tenancy/tenant-id";
import { findUser, type PoolUser } from "../cognito/pool-users";
import { AppError } from "../errors";
import { log } from "../log";
import { subjectOf, tenantOf } from "./pool-member";

/**
 * Puts what was tried on an account, by somebody who has proven nothing, on the record of its tenant; nothing where
 * there is no such account. To be called when the answer is out: what this takes depends on whether there is one.
 */
export async function recordForAccount(
  email: string,
  address: string,
  event: Omit<AuditEvent, "subject">,
): Promise<void> {
  try {
    const user = await findUser(email);
    if (user) await recordOfAccount(user, address, event);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("error", "audit.not_recorded", { action: event.action, error });
  }
}

/**
 * The same where the account is known to be there, and something was done with it by now: a record that cannot be made
 * is logged.
 */
export async function recordOfAccount(
  user: PoolUser,
  address: string,
  event: Omit<AuditEvent, "subject">,
): Promise<void> {
  const tenantId = tenantOf(user);
  if (!tenantId || !isTenantId(tenantId)) return;
  try {
    const source = { tenantId, principal: null, role: null, address };
    await recordAuditApart(source, { ...event, subject: subjectOf(user) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("error", "audit.not_recorded", { action: event.action, error });
  }
}
