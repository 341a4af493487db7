import { AppError } from "../errors";
import { log } from "../log";
import { type AuditEvent, recordAuditApart } from "./audit";
import type { Principal } from "./principal";
import { resolveTenant } from "./tenant";

/**
 * Puts what somebody did with their own account on the record of their own tenant. It is done by now, so that a record
 * which cannot be made is logged and no refusal; somebody without a tenant has no record to be on.
 */
export async function recordOwnAudit(
  { principal, address }: { principal: Principal; address: string | null },
  event: AuditEvent,
): Promise<void> {
  try {
    await recordAuditApart(await resolveTenant({ principal, session: null, address }, null), event);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "no_tenant") return;
    log("error", "audit.not_recorded", { sub: principal.sub, action: event.action, error });
  }
}
