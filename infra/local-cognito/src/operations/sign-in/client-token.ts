import { z } from "zod";
import { invalidParameter, notAuthorized } from "../../model/failures";
import { SYSTEM_SCOPES } from "../../rules/oauth-client";
import { isSecretOf } from "../../rules/secret-hash";
import { validitiesOf } from "../../rules/validity";
import type { ThroughClient } from "../../store/cognito";
import { sign } from "../../tokens/keys";
import { clientClaims } from "../../tokens/pre-token-generation";
import { unsigned } from "../operation";
import { clientId, stringMap } from "../parameters";

export const clientTokenOperations = {
  GetClientToken: unsigned(
    z.object({
      ClientId: clientId,
      Secret: z.string().min(1).max(64),
      Scopes: z.array(z.string().min(1).max(256)).max(50).optional(),
      ClientMetadata: stringMap.optional(),
    }),
    async (cognito, { ClientId, Secret, Scopes = [], ClientMetadata }) => {
      const context = cognito.throughClient(ClientId);
      const { client } = context;
      if (!client.settings.ExplicitAuthFlows?.includes("ALLOW_CLIENT_TOKEN_AUTH")) {
        throw invalidParameter("CLIENT_TOKEN_AUTH flow not enabled for this client");
      }
      if (client.secret === undefined || !isSecretOf(client, Secret)) throw notAuthorized.clientSecretWrong();
      const scopes = grantedScopes(context, Scopes);
      if (!scopes) throw invalidParameter("Invalid scope requested");
      return { ClientAuthenticationResult: await clientToken(context, scopes, ClientMetadata) };
    },
  ),
};

/**
 * The scopes of resource servers that the client gets: those asked for, or all that it may have. Undefined when there are
 * none, or one that it may not (developer guide, "Scopes, M2M, and resource servers").
 */
export function grantedScopes({ client }: ThroughClient, asked: string[]): string[] | undefined {
  const allowed = (client.settings.AllowedOAuthScopes ?? []).filter((each) => !SYSTEM_SCOPES.includes(each));
  const scopes = asked.length > 0 ? [...new Set(asked)] : allowed;
  return scopes.length > 0 && scopes.every((scope) => allowed.includes(scope)) ? scopes : undefined;
}

/**
 * An access token for the client itself.
 * @throws UserLambdaValidationException and its kin when the pool's pre token generation trigger (V3_0) refuses
 */
export async function clientToken(
  { cognito, pool, client }: ThroughClient,
  scopes: string[],
  clientMetadata?: Record<string, string>,
): Promise<object> {
  const keys = await cognito.signingKeys(pool.id);
  if (!keys) throw notAuthorized.clientSecretWrong();
  const subject = { client, scopes, issuer: cognito.issuer(pool.id), now: cognito.now() };
  const claims = await clientClaims(subject, { pool, triggers: cognito.triggers, clientMetadata });
  const { access: ExpiresIn } = validitiesOf(client.settings);
  return { AccessToken: await sign(keys, "access", claims), ExpiresIn, TokenType: "Bearer" };
}
