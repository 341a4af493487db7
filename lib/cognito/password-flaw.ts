import type { FaultCode } from "../field-error";
import { isRefusal } from "./client";

/**
 * InvalidPasswordException has a message and nothing else (API reference, "ChangePassword", errors): which rule of the
 * pool a password breaks is told in prose alone, one rule at a time (amazon-cognito-identity-js#311). This is the one
 * place that reads it.
 */
const SAID: readonly [RegExp, FaultCode][] = [
  [/not long enough/i, "password_short"],
  [/too long|less than or equal to/i, "password_long"],
  [/begin or end with/i, "password_space"],
  [/uppercase/i, "password_uppercase"],
  [/lowercase/i, "password_lowercase"],
  [/numeric/i, "password_number"],
  [/symbol/i, "password_symbol"],
  [/security reasons/i, "password_leaked"],
];

/** What Cognito has against a new password; null when that is not what it refuses. */
export function passwordFlaw(error: unknown): FaultCode | null {
  if (isRefusal(error, "PasswordHistoryPolicyViolationException")) return "password_used";
  if (!isRefusal(error, "InvalidPasswordException")) return null;
  return SAID.find(([said]) => said.test(error.message))?.[1] ?? "password";
}
