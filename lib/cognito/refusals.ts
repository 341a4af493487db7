import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { isRefusal } from "./client";
import { passwordFlaw } from "./password-flaw";

/**
 * What Cognito has against a password or a code that was just typed, for the person to mend; null for anything else.
 *
 * @param passwordField the field that holds the new password.
 */
export function asPasswordOrCodeRefusal(error: unknown, passwordField: string): AppError | null {
  const flaw = passwordFlaw(error);
  if (flaw) {
    return new AppError("password_rejected", { cause: error, fields: [fieldError(passwordField, flaw)] });
  }
  // ExpiredCodeException is also what Cognito calls an authenticator's code that was used before.
  if (isRefusal(error, "CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException")) {
    return new AppError("code_rejected", { cause: error, fields: [fieldError("code", "wrong_code")] });
  }
  if (isRefusal(error, "LimitExceededException", "TooManyFailedAttemptsException")) {
    return new AppError("rate_limited", { cause: error, retryAfter: 15 * 60 });
  }
  return null;
}
