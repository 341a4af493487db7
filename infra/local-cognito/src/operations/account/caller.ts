import { z } from "zod";
import type { Client } from "../../model/client";
import { assertSecretHash } from "../../rules/secret-hash";
import type { Cognito, ThroughClient } from "../../store/cognito";
import { clientId, secretHash, stringMap, username } from "../parameters";

/** What every operation for somebody who is not signed in is asked with. */
export const asking = z.object({
  ClientId: clientId,
  Username: username,
  SecretHash: secretHash.optional(),
  ClientMetadata: stringMap.optional(),
});

/** The caller's client, once its secret was shown. @throws ResourceNotFoundException, NotAuthorizedException */
export function callerOf(
  cognito: Cognito,
  { ClientId, Username, SecretHash }: z.output<typeof asking>,
): ThroughClient {
  const context = cognito.throughClient(ClientId);
  assertSecretHash(context.client, Username, SecretHash);
  return context;
}

/** Whether the client is told nothing about who exists. */
export const isHiding = (client: Client) => client.settings.PreventUserExistenceErrors === "ENABLED";
