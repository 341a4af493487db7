import { AdminInitiateAuthCommand, RevokeTokenCommand } from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
import { secretHash } from "./secret-hash";
import { type Tokens, tokensFrom } from "./sign-in";

/**
 * Exchanges a refresh token for new tokens (`REFRESH_TOKEN_AUTH`).
 *
 * @param username the real Cognito username (`sub` in an e-mail pool); needed when the client has a secret.
 * @throws AppError `session_ended` when Cognito will never accept it again (expired, revoked, user disabled);
 *   `invalid_request` when the client has a secret and no username came; `cognito_unavailable`.
 */
export async function refreshTokens(refreshToken: string, username: string | undefined): Promise<Tokens> {
  const { COGNITO_USER_POOL_ID, COGNITO_APP_CLIENT_ID, COGNITO_APP_CLIENT_SECRET } = env();
  if (COGNITO_APP_CLIENT_SECRET && !username) {
    throw new AppError("invalid_request", {
      fields: [{ field: "username", message: "is required, because the app client has a secret" }],
    });
  }
  const hash = username && secretHash(username);
  const command = new AdminInitiateAuthCommand({
    UserPoolId: COGNITO_USER_POOL_ID,
    ClientId: COGNITO_APP_CLIENT_ID,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: refreshToken, ...(hash && { SECRET_HASH: hash }) },
  });
  try {
    const response = await callCognito((client, options) => client.send(command, options));
    return tokensFrom(response.AuthenticationResult ?? {});
  } catch (error) {
    if (isRefusal(error)) throw new AppError("session_ended", { cause: error });
    throw error;
  }
}

/**
 * Revokes a refresh token and the access tokens that came from it. Revoking twice is no error.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function revokeRefreshToken(refreshToken: string): Promise<void> {
  const { COGNITO_APP_CLIENT_ID, COGNITO_APP_CLIENT_SECRET } = env();
  const command = new RevokeTokenCommand({
    Token: refreshToken,
    ClientId: COGNITO_APP_CLIENT_ID,
    ...(COGNITO_APP_CLIENT_SECRET && { ClientSecret: COGNITO_APP_CLIENT_SECRET }),
  });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
