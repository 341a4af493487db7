import { AppError } from "../errors";
import type { AuditAction } from "./audit";
import { spend } from "./rate-limit";

/**
 * Puts a refused action on record, once a minute for each person and kind, on all instances together: whoever is
 * refused as often as they like would otherwise write the log as they like, and nobody would find the rest in it.
 *
 * @param person their `sub`, or by which way in which account was named.
 * @throws AppError `database_unavailable`; what `record` throws.
 */
export async function recordRefusal(
  action: AuditAction,
  person: string,
  record: () => Promise<void>,
): Promise<void> {
  try {
    await spend("refusal_record", { account: `${action} ${person.trim().toLowerCase()}` });
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return;
    throw error;
  }
  await record();
}
