import type { AuditEvent } from "../auth/audit";
import type { Caller } from "../auth/authenticate";
import { endOtherAccess } from "../auth/end-access";
import { recordOwnAudit } from "../auth/own-audit";
import type { AccountChange, SignInObserver } from "../auth/sign-in-observer";

/**
 * What follows when somebody has changed what signing in takes: everything else that was signed in ends, and it is put
 * on record and told to them.
 *
 * @param done what was changed, and `at` which second by Cognito's clock.
 * @throws AppError `database_unavailable`.
 */
export async function afterAccountChange(
  observer: SignInObserver,
  caller: Caller,
  { change, at, detail }: { change: AccountChange; at: number; detail?: AuditEvent["detail"] },
): Promise<void> {
  await endOtherAccess(caller, at);
  await recordOwnAudit(caller, { action: `account.${change}`, ...(detail && { detail }) });
  await observer.accountChanged(caller.principal, change, caller.address ?? "unknown");
}
