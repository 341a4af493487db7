import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { answeredAt, callCognito, isRefusal, latestNow } from "./client";
import { findUser } from "./pool-users";

/**
 * The address of a user, once it is verified; null where there is no such user, the user is disabled, and while it is not.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function verifiedEmail(username: string): Promise<string | null> {
  const user = await findUser(username);
  return user?.isEnabled ? user.email : null;
}

/**
 * Ends every session of a user at Cognito: no refresh token of theirs works from now on. Access tokens that were
 * already handed out stay verifiable until they expire: those are refused here.
 *
 * @returns the second by Cognito's clock at which all that was signed in is ended.
 * @throws AppError `cognito_unavailable`.
 */
export async function signOutEverywhere(username: string): Promise<number> {
  const command = new AdminUserGlobalSignOutCommand({
    UserPoolId: env().COGNITO_USER_POOL_ID,
    Username: username,
  });
  try {
    return answeredAt(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    if (!isRefusal(error, "UserNotFoundException")) throw error;
    return latestNow();
  }
}

export type SecondFactor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA";
/** The second factors that a user has turned on, and which of them is asked for first. */
export type SecondFactors = { enabled: SecondFactor[]; preferred: SecondFactor | null; phone: string | null };

/** @throws AppError `not_found`, `cognito_unavailable`. */
export async function secondFactors(username: string): Promise<SecondFactors> {
  const command = new AdminGetUserCommand({ UserPoolId: env().COGNITO_USER_POOL_ID, Username: username });
  try {
    const user = await callCognito((client, options) => client.send(command, options));
    const isFactor = (name: string | undefined): name is SecondFactor =>
      name === "SMS_MFA" || name === "SOFTWARE_TOKEN_MFA";
    return {
      enabled: (user.UserMFASettingList ?? []).filter(isFactor),
      preferred: isFactor(user.PreferredMfaSetting) ? user.PreferredMfaSetting : null,
      phone: user.UserAttributes?.find(({ Name }) => Name === "phone_number")?.Value ?? null,
    };
  } catch (error) {
    if (isRefusal(error, "UserNotFoundException")) throw new AppError("not_found", { cause: error });
    throw error;
  }
}

/** The second factors that a user has turned on; none for a user who does not exist. @throws AppError `cognito_unavailable`. */
export async function enabledFactors(username: string): Promise<SecondFactor[]> {
  try {
    return (await secondFactors(username)).enabled;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return [];
    throw error;
  }
}

/**
 * Sets which second factors a user has and which is asked for first.
 *
 * @returns the second by Cognito's clock at which it was so.
 * @throws AppError `conflict` when the pool does not allow it (MFA is required, or there is no phone number),
 *   `cognito_unavailable`.
 */
export async function setSecondFactors(
  username: string,
  { enabled, preferred }: Pick<SecondFactors, "enabled" | "preferred">,
): Promise<number> {
  const setting = (factor: SecondFactor) => ({
    Enabled: enabled.includes(factor),
    PreferredMfa: preferred === factor,
  });
  const command = new AdminSetUserMFAPreferenceCommand({
    UserPoolId: env().COGNITO_USER_POOL_ID,
    Username: username,
    SMSMfaSettings: setting("SMS_MFA"),
    SoftwareTokenMfaSettings: setting("SOFTWARE_TOKEN_MFA"),
  });
  try {
    return answeredAt(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new AppError("conflict", { detail: "Your tenant does not allow this.", cause: error });
  }
}
