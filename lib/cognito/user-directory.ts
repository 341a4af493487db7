import {
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { callCognito, isRefusal } from "./client";

/**
 * One attribute of a user as the pool has it now; null when the user or the attribute does not exist, or the user
 * is disabled.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function userAttribute(username: string, attribute: string): Promise<string | null> {
  const command = new AdminGetUserCommand({ UserPoolId: env().COGNITO_USER_POOL_ID, Username: username });
  try {
    const user = await callCognito((client, options) => client.send(command, options));
    if (!user.Enabled) return null;
    return user.UserAttributes?.find(({ Name }) => Name === attribute)?.Value ?? null;
  } catch (error) {
    if (isRefusal(error, "UserNotFoundException")) return null;
    throw error;
  }
}

/**
 * Ends every session of a user at Cognito: no refresh token of theirs works from now on. Access tokens that were
 * already handed out stay verifiable until they expire; the not-before time covers those.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function signOutEverywhere(username: string): Promise<void> {
  const command = new AdminUserGlobalSignOutCommand({
    UserPoolId: env().COGNITO_USER_POOL_ID,
    Username: username,
  });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error, "UserNotFoundException")) throw error;
  }
}
