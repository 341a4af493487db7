import type { Caller } from "../auth/authenticate";
import { AppError } from "../errors";

/**
 * The access token with which Cognito changes a user's own password and factors. It must come from our own form:
 * the Hosted UI's is without the scope for that (`aws.cognito.signin.user.admin`).
 *
 * @throws AppError `wrong_token_use` for an ID token, `conflict` for a session of the Hosted UI.
 */
export function ownAccessToken({ accessToken, session }: Caller): string {
  if (accessToken === null) throw new AppError("wrong_token_use", { detail: "Send the access token." });
  if (session?.client === "web") {
    throw new AppError("conflict", { detail: "Sign in with your e-mail and password here to change this." });
  }
  return accessToken;
}
