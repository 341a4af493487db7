import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { answeredAt, callCognito, isRefusal } from "./client";
import { passwordFlaw } from "./password-flaw";
import { asPasswordOrCodeRefusal } from "./refusals";
import { secretHash } from "./secret-hash";

/**
 * Has Cognito mail a code for a new password. Says nothing about whether there is such a user, nor whether it is one
 * whom the custom message trigger sends none: they come by their company's provider.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function sendResetCode(email: string): Promise<void> {
  const command = new ForgotPasswordCommand({ ...ofServerClient(email), Username: email });
  const byTrigger = "UserLambdaValidationException";
  try {
    await callCognito((client, options) => client.send(command, options), byTrigger);
  } catch (error) {
    if (!isRefusal(error) && !isRefusal(error, byTrigger)) throw error;
  }
}

/**
 * Sets a new password with the code that was mailed.
 *
 * @throws AppError `password_rejected`, `code_rejected` (wrong, expired, or there is no such user: all alike),
 *   `cognito_unavailable`.
 */
export async function resetPassword(email: string, code: string, newPassword: string): Promise<void> {
  const command = new ConfirmForgotPasswordCommand({
    ...ofServerClient(email),
    Username: email,
    ConfirmationCode: code,
    Password: newPassword,
  });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    const flaw = passwordFlaw(error);
    if (flaw) {
      throw new AppError("password_rejected", { cause: error, fields: [fieldError("new_password", flaw)] });
    }
    if (!isRefusal(error)) throw error;
    throw new AppError("code_rejected", { cause: error, fields: [fieldError("code", "old_code")] });
  }
}

/**
 * Changes the password of the user whose access token this is.
 *
 * @returns the second by Cognito's clock at which it was changed.
 * @throws AppError `invalid_credentials` (the old password), `password_rejected`, `rate_limited`,
 *   `cognito_unavailable`.
 */
export async function changePassword(
  accessToken: string,
  oldPassword: string,
  newPassword: string,
): Promise<number> {
  const command = new ChangePasswordCommand({
    AccessToken: accessToken,
    PreviousPassword: oldPassword,
    ProposedPassword: newPassword,
  });
  try {
    return answeredAt(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    const refusal = asPasswordOrCodeRefusal(error, "new_password");
    if (refusal) throw refusal;
    if (!isRefusal(error)) throw error;
    const fields = [fieldError("old_password", "wrong_password")];
    throw new AppError("invalid_credentials", { cause: error, fields });
  }
}

function ofServerClient(email: string) {
  const hash = secretHash(email);
  return { ClientId: env().COGNITO_APP_CLIENT_ID, ...(hash && { SecretHash: hash }) };
}
