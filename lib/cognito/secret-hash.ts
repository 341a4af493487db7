import { createHmac } from "node:crypto";
import { type AppClientName, appClient } from "./app-client";

/**
 * The `SECRET_HASH` of a client for a username, or undefined when the client has no secret:
 * base64(HMAC-SHA256(client secret, username + client id)). Cognito developer guide, "Computing secret hash values".
 *
 * On refresh, `username` is the real Cognito username (the `sub` in an e-mail pool), not what the user typed.
 */
export function secretHash(username: string, client: AppClientName = "server"): string | undefined {
  const { id, secret } = appClient(client);
  if (!secret) return undefined;
  return createHmac("sha256", secret)
    .update(username + id)
    .digest("base64");
}
