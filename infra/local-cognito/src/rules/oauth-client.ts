import type { ClientSettings } from "../model/client";
import { invalidParameter, oauthSettings } from "../model/failures";
import type { ResourceServer } from "../model/hosted";

/** The scopes that every pool knows (developer guide, "Scopes, M2M, and resource servers"). */
export const SYSTEM_SCOPES = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/** The full names of a resource server's scopes: `identifier/scope`. */
function scopesOf({ identifier, scopes }: ResourceServer): string[] {
  return scopes.map(({ ScopeName }) => `${identifier}/${ScopeName}`);
}

/**
 * Checks a client's OAuth settings, as CreateUserPoolClient and UpdateUserPoolClient do.
 *
 * @param hasSecret whether the client has, or is getting, a secret.
 * @throws InvalidOAuthFlowException, ScopeDoesNotExistException, InvalidParameterException
 */
export function assertOAuthSettings(
  settings: ClientSettings,
  hasSecret: boolean,
  resourceServers: ResourceServer[],
): void {
  const {
    AllowedOAuthFlows: flows = [],
    AllowedOAuthScopes: scopes = [],
    CallbackURLs = [],
    LogoutURLs = [],
  } = settings;
  if (settings.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    throw oauthSettings.flowsAndScopesMissing();
  }
  const twice = scopes.find((scope, at) => scopes.indexOf(scope) !== at);
  if (twice !== undefined) throw invalidParameter(`AllowedOAuthScopes has ${twice} twice.`);
  const known = new Set([...SYSTEM_SCOPES, ...resourceServers.flatMap(scopesOf)]);
  const unknown = scopes.find((scope) => !known.has(scope));
  if (unknown !== undefined) throw oauthSettings.unknownScope(unknown);
  if (flows.includes("client_credentials")) {
    if (flows.length > 1) throw oauthSettings.credentialsWithOtherFlow();
    if (!hasSecret) throw oauthSettings.credentialsWithoutSecret();
    const ofUsers = scopes.find((scope) => SYSTEM_SCOPES.includes(scope));
    if (ofUsers !== undefined) throw oauthSettings.credentialsWithUserScope(ofUsers);
  }
  for (const url of [...CallbackURLs, ...LogoutURLs]) assertRedirect(url);
  const { DefaultRedirectURI } = settings;
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)) {
    throw invalidParameter("defaultRedirectURI must be in the CallbackURLs list.");
  }
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** An absolute URI without a fragment; plain http only for the developer's own machine. */
function assertRedirect(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // Characters that URL would silently repair or drop: what is compared later is the text as it stands.
  if (!parsed || /[\s<>"\\^`{|}]|[^\x20-\x7e]/.test(url) || url.includes("#")) {
    throw invalidParameter(`Invalid redirect URI: ${url}`);
  }
  if (/^(javascript|data|vbscript|file|about|blob):$/.test(parsed.protocol)) {
    throw invalidParameter(`Invalid redirect URI: ${url}`);
  }
  if (parsed.protocol === "http:" && !loopback.test(parsed.hostname)) {
    throw invalidParameter(`${url} cannot use the HTTP protocol.`);
  }
}
