import { AppError } from "../errors";
import { isRefusal } from "./client";

/**
 * What Cognito has against a password or a code that was just typed, for the person to mend; null for anything else.
 *
 * @param passwordField the field that holds the new password.
 */
export function asPasswordOrCodeRefusal(error: unknown, passwordField: string): AppError | null {
  if (isRefusal(error, "InvalidPasswordException", "PasswordHistoryPolicyViolationException")) {
    return new AppError("password_rejected", {
      cause: error,
      fields: [{ field: passwordField, message: passwordAdvice(error.message) }],
    });
  }
  // ExpiredCodeException is also what Cognito calls an authenticator's code that was used before.
  if (isRefusal(error, "CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException")) {
    return new AppError("code_rejected", {
      cause: error,
      fields: [{ field: "code", message: "This code is not right, or was already used." }],
    });
  }
  if (isRefusal(error, "LimitExceededException", "TooManyFailedAttemptsException")) {
    return new AppError("rate_limited", { cause: error, retryAfter: 15 * 60 });
  }
  return null;
}

/** Cognito's reason is about the password just typed and nothing else; its prefix says nothing to a person. */
function passwordAdvice(message: string): string {
  return message.replace(/^Password did not conform with (password )?policy:\s*/i, "");
}
