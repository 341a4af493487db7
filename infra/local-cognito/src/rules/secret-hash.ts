import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { notAuthorized } from "../model/failures";

/** SECRET_HASH = base64(HMAC-SHA256(client secret, username + client id)) (developer guide, "Computing secret hash values"). */
export function secretHash(secret: string, username: string, clientId: string): string {
  return createHmac("sha256", secret)
    .update(username + clientId)
    .digest("base64");
}

/**
 * @param username what the caller signs in as, as sent; on refresh the real username (the sub in an e-mail pool).
 * @throws NotAuthorizedException when the client has a secret and the hash is absent or wrong.
 */
export function assertSecretHash(
  client: { id: string; secret?: string | undefined },
  username: string,
  received: string | undefined,
): void {
  if (client.secret === undefined) return;
  if (received === undefined) throw notAuthorized.secretHashMissing(client.id);
  if (!sameSecret(received, secretHash(client.secret, username, client.id))) {
    throw notAuthorized.secretHashWrong(client.id);
  }
}

/** Compares in a time that tells nothing about where, or in what length, the two differ. */
export function sameSecret(received: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(received), digest(expected));
}
