import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Client } from "../model/client";
import { notAuthorized } from "../model/failures";
import { secretsOf } from "./client-secrets";

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
export function assertSecretHash(client: Client, username: string, received: string | undefined): void {
  const secrets = secretsOf(client);
  if (secrets.length === 0) return;
  if (received === undefined) throw notAuthorized.secretHashMissing(client.id);
  const isRight = secrets.map(({ value }) => sameSecret(received, secretHash(value, username, client.id)));
  if (!isRight.includes(true)) throw notAuthorized.secretHashWrong(client.id);
}

/** Whether this is one of the client's secrets; of a public client, that none was sent. */
export function isSecretOf(client: Client, received: string | undefined): boolean {
  const secrets = secretsOf(client);
  if (secrets.length === 0) return !received;
  return secrets.map(({ value }) => sameSecret(received ?? "", value)).includes(true);
}

/** Compares in a time that tells nothing about where, or in what length, the two differ. */
export function sameSecret(received: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(received), digest(expected));
}
