import type { Cognito } from "../cognito";
import type { Client } from "../model/client";
import { refreshTokens } from "../operations/tokens";
import { assertRefresh } from "../rules/sign-in";
import { fingerprint } from "../tokens/opaque";
import { OAuthRefusal } from "./refusals";

/**
 * New tokens for a refresh token, by the rules of the API's refresh.
 * @throws OAuthRefusal invalid_request; NotAuthorizedException
 */
export async function refreshGrant(cognito: Cognito, client: Client, form: URLSearchParams): Promise<object> {
  const refreshToken = form.get("refresh_token");
  if (!refreshToken) throw new OAuthRefusal("invalid_request");
  const grant = cognito.grantOfRefresh(fingerprint(refreshToken));
  const user = grant && cognito.user(grant.poolId, grant.username);
  assertRefresh(grant, user, { client, now: cognito.now() });
  const tokens = await refreshTokens(cognito, cognito.pool(client.poolId), client, grant);
  return grant.scopes && !grant.scopes.includes("openid") ? { ...tokens, IdToken: undefined } : tokens;
}
