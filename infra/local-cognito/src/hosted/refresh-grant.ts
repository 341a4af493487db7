import { refreshTokens } from "../operations/sign-in/refreshing";
import { fingerprint } from "../rules/fingerprint";
import type { ThroughClient } from "../store/cognito";
import { OAuthRefusal } from "./refusals";

/**
 * New tokens for a refresh token, by the rules of the API's refresh; with rotation also a new refresh token
 * (developer guide, "Refresh tokens").
 *
 * @throws OAuthRefusal invalid_request; NotAuthorizedException and its kin
 */
export async function refreshGrant(context: ThroughClient, form: URLSearchParams): Promise<object> {
  const refreshToken = form.get("refresh_token");
  if (!refreshToken) throw new OAuthRefusal("invalid_request");
  const tokens = await refreshTokens(context, { token: refreshToken });
  const { scopes } = context.cognito.grantOfRefresh(fingerprint(refreshToken)) ?? {};
  return scopes && !scopes.includes("openid") ? { ...tokens, IdToken: undefined } : tokens;
}
