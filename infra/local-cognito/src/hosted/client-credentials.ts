import { randomUUID } from "node:crypto";
import { SYSTEM_SCOPES } from "../rules/oauth-client";
import { validitiesOf } from "../rules/validity";
import type { ThroughClient } from "../store/cognito";
import { sign } from "../tokens/keys";
import { OAuthRefusal } from "./refusals";

/**
 * An access token for the client itself, with scopes of resource servers: those asked for, or all that the client
 * may have (developer guide, "Scopes, M2M, and resource servers").
 *
 * @throws OAuthRefusal unauthorized_client, invalid_scope
 */
export async function clientCredentialsTokens(
  { cognito, client }: ThroughClient,
  form: URLSearchParams,
): Promise<object> {
  const {
    AllowedOAuthFlowsUserPoolClient,
    AllowedOAuthFlows = [],
    AllowedOAuthScopes = [],
  } = client.settings;
  const isAllowed = AllowedOAuthFlowsUserPoolClient && AllowedOAuthFlows.includes("client_credentials");
  if (!isAllowed || client.secret === undefined) throw new OAuthRefusal("unauthorized_client");
  const allowed = AllowedOAuthScopes.filter((scope) => !SYSTEM_SCOPES.includes(scope));
  const asked = [...new Set((form.get("scope") ?? "").split(" ").filter(Boolean))];
  const scopes = asked.length > 0 ? asked : allowed;
  if (scopes.length === 0 || scopes.some((scope) => !allowed.includes(scope)))
    throw new OAuthRefusal("invalid_scope");
  const keys = await cognito.signingKeys(client.poolId);
  if (!keys) throw new OAuthRefusal("invalid_client");
  const now = Math.floor(cognito.now() / 1_000);
  const { access } = validitiesOf(client.settings);
  const claims = {
    sub: client.id,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: now,
    iss: cognito.issuer(client.poolId),
    exp: now + access,
    iat: now,
    version: 2,
    jti: randomUUID(),
    client_id: client.id,
  };
  return { AccessToken: await sign(keys, "access", claims), ExpiresIn: access, TokenType: "Bearer" };
}
