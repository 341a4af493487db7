import { AdminInitiateAuthCommand, type AuthFlowType } from "@aws-sdk/client-cognito-identity-provider";
import type { Ground } from "../../infra/local/stack";
import { type User, withCognito } from "./users";

/** The access token of somebody who signs in at Cognito itself: the application hears nothing of it. */
export function signInPastUs(ground: Pick<Ground, "pool">, { email, password }: User): Promise<string> {
  return ask(ground, "ADMIN_USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD: password });
}

/** The access token that Cognito itself gives for a refresh token. */
export function refreshPastUs(ground: Pick<Ground, "pool">, refreshToken: string): Promise<string> {
  return ask(ground, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: refreshToken });
}

function ask(ground: Pick<Ground, "pool">, AuthFlow: AuthFlowType, AuthParameters: Record<string, string>) {
  const ClientId = ground.pool.COGNITO_APP_CLIENT_ID;
  return withCognito(ground, async (client, UserPoolId) => {
    const answer = await client.send(
      new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters }),
    );
    const token = answer.AuthenticationResult?.AccessToken;
    if (!token) throw new Error("Cognito gave no token.");
    return token;
  });
}
