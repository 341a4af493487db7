import type { AuditAction } from "../audit/record";
import type { Caller } from "../auth/access/identify";
import { callerEmail } from "../auth/tenancy/caller-email";
import { recordedOwnFirst } from "../auth/tenancy/own-audit";
import type { By } from "./platform-record";

/** Whom something is done to: its id, and what people call it. */
type Subject = { id: string; name: string };

/**
 * Carries out what an operator does to a tenant, on the record of their own tenant first. What `work` does puts it on
 * the tenant's record and on the platform's.
 *
 * @throws AppError `database_unavailable` and `cognito_unavailable` before anything is done; what `work` throws.
 */
export async function asOperator<T>(
  { principal, address }: Caller,
  { action, subject: { id, name } }: { action: AuditAction; subject: Subject },
  work: (by: By) => Promise<T>,
): Promise<T> {
  const email = await callerEmail(principal);
  const by: By = { principal: { sub: principal.sub, email }, role: "operator", address };
  const own = { principal: { ...principal, email }, address };
  return recordedOwnFirst(own, { action, subject: { id, label: name } }, () => work(by));
}
