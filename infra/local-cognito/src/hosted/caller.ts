import type { Client } from "../model/client";
import { secretHash } from "../rules/secret-hash";

/** What an operation is asked with for somebody at a page: it acts for the client, and so knows its secret. */
export function callerAt(client: Client, username: string): object {
  const hash = client.secret === undefined ? undefined : secretHash(client.secret, username, client.id);
  return { ClientId: client.id, Username: username, ...(hash && { SecretHash: hash }) };
}
