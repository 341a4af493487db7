import { UpdateUserAttributesCommand } from "@aws-sdk/client-cognito-identity-provider";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";

/**
 * Says at Cognito what the user is called whose access token this is. By their own token: the right to write anybody's
 * attributes would be the right to write anybody's tenant.
 *
 * @param name null takes it away: Cognito deletes an attribute that is set to nothing.
 * @throws AppError `conflict` where the pool's client may not write names, or the token is without the scope for it
 *   (`aws.cognito.signin.user.admin`); `cognito_unavailable`.
 */
export async function nameOwner(accessToken: string, name: string | null): Promise<void> {
  const UserAttributes = [{ Name: "name", Value: name ?? "" }];
  const command = new UpdateUserAttributesCommand({ AccessToken: accessToken, UserAttributes });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new AppError("conflict", { detail: "Your name cannot be changed here.", cause: error });
  }
}
