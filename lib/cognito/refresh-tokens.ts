import {
  AdminInitiateAuthCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { count } from "../telemetry/telemetry";
import { type AppClientName, appClient } from "./app-client";
import { callCognito, isRefusal } from "./client";
import { secretHash } from "./secret-hash";
import { type Tokens, tokensFrom } from "./sign-in";

/**
 * Exchanges a refresh token for new tokens.
 *
 * With rotation (`COGNITO_REFRESH_ROTATION`) Cognito takes `GetTokensFromRefreshToken` only, and the answer carries
 * the next refresh token; without it, `REFRESH_TOKEN_AUTH`. Cognito developer guide, "Refresh tokens".
 *
 * @param username the real Cognito username (`sub` in an e-mail pool); needed when the client has a secret.
 * @param client whose refresh token it is.
 * @throws AppError `session_ended` when Cognito will never accept it again (expired, revoked, user disabled);
 *   `invalid_request` when the client has a secret and no username came; `cognito_unavailable`.
 */
export async function refreshTokens(
  refreshToken: string,
  username: string | undefined,
  client: AppClientName = "server",
): Promise<Tokens> {
  if (appClient(client).secret && !username) {
    throw new AppError("invalid_request", {
      fields: [fieldError("username", "required", "is required, because the app client has a secret")],
    });
  }
  try {
    const result = env().COGNITO_REFRESH_ROTATION
      ? await rotate(refreshToken, client)
      : await refresh(refreshToken, username, client);
    const tokens = tokensFrom(result ?? {});
    count("sekisho.refreshes", { outcome: "renewed" });
    return tokens;
  } catch (error) {
    const refusal = isRefusal(error) ? new AppError("session_ended", { cause: error }) : error;
    count("sekisho.refreshes", { outcome: refusal instanceof AppError ? refusal.code : "internal" });
    throw refusal;
  }
}

async function rotate(refreshToken: string, clientName: AppClientName) {
  const { id, secret } = appClient(clientName);
  const command = new GetTokensFromRefreshTokenCommand({
    ClientId: id,
    RefreshToken: refreshToken,
    ...(secret && { ClientSecret: secret }),
  });
  return (await callCognito((client, options) => client.send(command, options))).AuthenticationResult;
}

async function refresh(refreshToken: string, username: string | undefined, clientName: AppClientName) {
  const hash = username && secretHash(username, clientName);
  const command = new AdminInitiateAuthCommand({
    UserPoolId: env().COGNITO_USER_POOL_ID,
    ClientId: appClient(clientName).id,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: refreshToken, ...(hash && { SECRET_HASH: hash }) },
  });
  return (await callCognito((client, options) => client.send(command, options))).AuthenticationResult;
}

/**
 * Revokes a refresh token and the access tokens that came from it. Revoking twice is no error.
 *
 * @throws AppError `cognito_unavailable`.
 */
export async function revokeRefreshToken(refreshToken: string, clientName: AppClientName): Promise<void> {
  const { id, secret } = appClient(clientName);
  const command = new RevokeTokenCommand({
    Token: refreshToken,
    ClientId: id,
    ...(secret && { ClientSecret: secret }),
  });
  try {
    await callCognito((client, options) => client.send(command, options));
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
