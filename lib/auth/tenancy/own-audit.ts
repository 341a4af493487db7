import { type AuditEvent, type AuditSource, recordAuditApart } from "../../audit/record";
import { recordedFirst } from "../../audit/recorded-first";
import type { TenantTransaction } from "../../db/with-tenant";
import { AppError } from "../../errors";
import { log } from "../../log";
import type { Principal } from "../access/principal";
import { resolveTenant } from "./tenant";

type Own = { principal: Principal; address: string | null };

/**
 * Puts what somebody did with their own account on the record of their own tenant. It is done by now, so that a record
 * which cannot be made is logged and no refusal; somebody without a tenant has no record to be on.
 */
export async function recordOwnAudit(own: Own, event: AuditEvent): Promise<void> {
  try {
    const source = await ownRecord(own);
    if (source) await recordAuditApart(source, event);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("error", "audit.not_recorded", { sub: own.principal.sub, action: event.action, error });
  }
}

/**
 * Makes a change of somebody's own account at Cognito with its record first, as recordedFirst does.
 *
 * @param finish what belongs to it in the tenant's own rows, in the transaction that puts the end on record.
 * @throws AppError `database_unavailable`, `cognito_unavailable` before anything is done; what `change` throws.
 */
export async function recordedOwnFirst<T>(
  own: Own,
  event: AuditEvent,
  change: () => Promise<T>,
  { finish }: { finish?: (tx: TenantTransaction, tenantId: string) => Promise<void> } = {},
): Promise<T> {
  const source = await ownRecord(own);
  if (!source) return change();
  return recordedFirst(source, {
    events: [event],
    effect: change,
    finish: async (tx, done) => {
      await finish?.(tx, source.tenantId);
      return done;
    },
  });
}

async function ownRecord({ principal, address }: Own): Promise<AuditSource | null> {
  try {
    return await resolveTenant({ principal, session: null, address }, null);
  } catch (error) {
    if (error instanceof AppError && error.code === "no_tenant") return null;
    throw error;
  }
}
