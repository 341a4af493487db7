import { createHmac } from "node:crypto";
import { env } from "../env";

/**
 * The `SECRET_HASH` of the server client for a username, or undefined when the client has no secret:
 * base64(HMAC-SHA256(client secret, username + client id)). Cognito developer guide, "Computing secret hash values".
 *
 * On refresh, `username` is the real Cognito username (the `sub` in an e-mail pool), not what the user typed.
 */
export function secretHash(username: string): string | undefined {
  const { COGNITO_APP_CLIENT_ID, COGNITO_APP_CLIENT_SECRET } = env();
  if (!COGNITO_APP_CLIENT_SECRET) return undefined;
  return createHmac("sha256", COGNITO_APP_CLIENT_SECRET)
    .update(username + COGNITO_APP_CLIENT_ID)
    .digest("base64");
}
