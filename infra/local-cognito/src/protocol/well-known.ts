import type { Cognito } from "../store/cognito";
import { jwks } from "../tokens/keys";
import { json, type Reply } from "./reply";

/** The reply to `/{poolId}/.well-known/jwks.json` or `…/openid-configuration`; undefined for any other path or pool. */
export async function documentAt(cognito: Cognito, path: string): Promise<Reply | undefined> {
  const [, poolId, name] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
  if (poolId === undefined) return undefined;
  const body =
    name === "jwks.json"
      ? await keySet(cognito, poolId)
      : name === "openid-configuration"
        ? discoveryDocument(cognito, poolId)
        : undefined;
  return body && json(body);
}

async function keySet(cognito: Cognito, poolId: string): Promise<object | undefined> {
  const keys = await cognito.signingKeys(poolId);
  return keys && (await jwks(keys, cognito.now()));
}

function discoveryDocument(cognito: Cognito, poolId: string): object | undefined {
  if (!cognito.poolOf(poolId)) return undefined;
  const issuer = cognito.issuer(poolId);
  const { url: forBrowsers, issuerBase: forServers } = cognito;
  return {
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    authorization_endpoint: `${forBrowsers}/oauth2/authorize`,
    token_endpoint: `${forServers}/oauth2/token`,
    userinfo_endpoint: `${forServers}/oauth2/userInfo`,
    revocation_endpoint: `${forServers}/oauth2/revoke`,
    end_session_endpoint: `${forBrowsers}/logout`,
    subject_types_supported: ["public"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  };
}
