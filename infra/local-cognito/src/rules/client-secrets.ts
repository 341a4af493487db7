import type { Client, ClientSecret } from "../model/client";

/** "Supports up to 2 active secrets per app client" (API reference, AddUserPoolClientSecret). */
export const MOST_SECRETS = 2;

/** The client's secrets, oldest first: each is as good as the other. */
export function secretsOf({ id, secret, secrets, createdAt }: Client): ClientSecret[] {
  if (secrets) return secrets;
  return secret === undefined ? [] : [{ id: secretId(id, createdAt), value: secret, createdAt }];
}

/** The client with these secrets, of which there is one at least. */
export function withSecrets(client: Client, secrets: ClientSecret[]): Client {
  return { ...client, secrets, secret: secrets[0]?.value };
}

/** "This identifier follows the format <client-id>--<timestamp>" (API reference, ClientSecretDescriptorType). */
export function secretId(clientId: string, createdAt: number): string {
  return `${clientId}--${createdAt}`;
}
