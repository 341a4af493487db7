import type { Caller } from "../auth/access/identify";
import { env } from "../env";
import { AppError } from "../errors";

/**
 * The access token with which Cognito changes a user's own password and factors. It must come from our own form:
 * the Hosted UI's is without the scope for that (`aws.cognito.signin.user.admin`).
 *
 * @throws AppError `wrong_token_use` for an ID token, `conflict` for a session of the Hosted UI.
 */
export function ownAccessToken(caller: Caller): string {
  const { accessToken } = caller;
  if (accessToken === null) throw new AppError("wrong_token_use", { detail: "Send the access token." });
  refuseHostedUi(caller);
  return accessToken;
}

/** Whether a caller came in through the Hosted UI: who did may have no password at all. */
export function cameByHostedUi({ principal, session }: Caller): boolean {
  const { COGNITO_APP_CLIENT_ID, COGNITO_WEB_CLIENT_ID } = env();
  const isOfWebClient =
    principal.clientId === COGNITO_WEB_CLIENT_ID && COGNITO_WEB_CLIENT_ID !== COGNITO_APP_CLIENT_ID;
  return session?.client === "web" || isOfWebClient;
}

/** @throws AppError `conflict` for a session, or a token, of the Hosted UI. */
export function refuseHostedUi(caller: Caller): void {
  if (!cameByHostedUi(caller)) return;
  throw new AppError("conflict", { detail: "Sign in with your e-mail and password here to change this." });
}
