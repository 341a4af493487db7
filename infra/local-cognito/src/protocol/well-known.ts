import type { Cognito } from "../cognito";
import { jwks } from "../tokens/keys";

/** `/{poolId}/.well-known/jwks.json`, or undefined for a pool that does not exist. */
export async function keySet(cognito: Cognito, poolId: string): Promise<object | undefined> {
  const keys = await cognito.signingKeys(poolId);
  return keys && (await jwks(keys, cognito.now()));
}

/** `/{poolId}/.well-known/openid-configuration`, or undefined for a pool that does not exist. */
export function discoveryDocument(cognito: Cognito, poolId: string): object | undefined {
  if (!cognito.poolOf(poolId)) return undefined;
  const issuer = cognito.issuer(poolId);
  return {
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    authorization_endpoint: `${cognito.url}/oauth2/authorize`,
    token_endpoint: `${cognito.url}/oauth2/token`,
    userinfo_endpoint: `${cognito.url}/oauth2/userInfo`,
    revocation_endpoint: `${cognito.url}/oauth2/revoke`,
    end_session_endpoint: `${cognito.url}/logout`,
    subject_types_supported: ["public"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  };
}
