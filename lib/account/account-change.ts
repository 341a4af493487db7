import type { AuditEvent } from "../audit/record";
import type { Caller } from "../auth/access/identify";
import { endOtherAccess } from "../auth/endings/end-access";
import type { AccountChange, SignInObserver } from "../auth/sign-in/sign-in-observer";
import { recordedOwnFirst } from "../auth/tenancy/own-audit";

/** What somebody changes about how they sign in. */
type Change = {
  change: AccountChange;
  detail?: AuditEvent["detail"];
  /** At Cognito. @returns at which second by its clock. */
  make: () => Promise<number>;
};

/**
 * Changes what signing in takes for somebody: put on record as begun before Cognito is asked, then made, and everything
 * else that was signed in ends. Then they are told.
 *
 * @throws AppError `database_unavailable`; what `make` throws.
 */
export async function changeAccount(
  observer: SignInObserver,
  caller: Caller,
  { change, detail, make }: Change,
): Promise<void> {
  const event: AuditEvent = { action: `account.${change}`, ...(detail && { detail }) };
  await recordedOwnFirst(caller, event, async () => endOtherAccess(caller, await make()));
  await observer.accountChanged(caller.principal, change, caller.address ?? "unknown");
}
