import { recordAuditApart } from "../../audit/record";
import { noteTenant } from "../../current-request";
import { settleGuards } from "../../db/client";
import { AppError } from "../../errors";
import type { Caller } from "../access/identify";
import { recordRefusal } from "../limits/record-refusal";
import { limitBy } from "../session/session-store";
import { callerEmail } from "./caller-email";
import { recordOwnAudit } from "./own-audit";
import { remember } from "./remember";
import { requireServed } from "./served";
import { resolveTenant, type TenantContext } from "./tenant";

const oncePerVisit = remember<void>(10 * 60);

/**
 * The tenant of a request, as resolveTenant has it, with what belongs on a record: in the caller's own tenant that
 * another one was asked for, and in a foreign tenant that an operator is at work there. Without the latter, no entry.
 *
 * @throws AppError as resolveTenant and requireServed do.
 */
export async function enterTenant(caller: Caller, named: string | null): Promise<TenantContext> {
  const { sub } = caller.principal;
  const tenant = await resolveTenant(caller, named).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === "tenant_mismatch" && named !== null) {
      const subject = { id: named, label: named };
      await recordRefusal("tenant.mismatch", sub, (at) =>
        recordOwnAudit(caller, { action: "tenant.mismatch", subject, outcome: "refused", at }),
      );
    }
    throw error;
  });
  noteTenant(tenant.tenantId);
  await requireServed(tenant);
  const { session } = caller;
  if (session && !tenant.isForeign && session.tenant !== tenant.tenantId) {
    await limitBy(session.id, tenant.tenantId);
  }
  if (tenant.isForeign) {
    await settleGuards();
    await oncePerVisit(`${sub} ${tenant.tenantId}`, async () => {
      const principal = { sub, email: await callerEmail(caller.principal) };
      await recordAuditApart({ ...tenant, principal }, { action: "tenant.operator_entered" });
    });
  }
  return tenant;
}
