import { createHash, randomUUID } from "node:crypto";
import type { AuthorizationCode } from "../model/hosted";
import { tokensFor } from "../operations/sign-in/tokens";
import { fingerprint } from "../rules/fingerprint";
import { sameSecret } from "../rules/secret-hash";
import type { Cognito, ThroughClient } from "../store/cognito";
import { put } from "../store/store";
import { OAuthRefusal } from "./refusals";

/**
 * Exchanges an authorisation code for tokens: once, within its five minutes, by its own client, for the address
 * it was sent to and with the secret behind its challenge. A code that comes a second time has been read by
 * somebody: what the first use gave ends (RFC 6749, 4.1.2; RFC 9700, 2.1.1).
 *
 * @throws OAuthRefusal invalid_request, invalid_grant, unauthorized_client
 */
export async function redeemCode(context: ThroughClient, form: URLSearchParams): Promise<object> {
  const { cognito, client } = context;
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [], CallbackURLs = [] } = client.settings;
  if (!AllowedOAuthFlowsUserPoolClient || !AllowedOAuthFlows.includes("code"))
    throw new OAuthRefusal("unauthorized_client");
  const [presented, redirectUri] = [form.get("code"), form.get("redirect_uri")];
  if (!presented || !redirectUri) throw new OAuthRefusal("invalid_request");
  // Observed on Cognito for an address that is not registered.
  if (!CallbackURLs.includes(redirectUri)) throw new OAuthRefusal("unauthorized_client");
  const code = cognito.code(fingerprint(presented));
  if (code?.clientId !== client.id) throw new OAuthRefusal("invalid_grant");
  if (code.grantId !== undefined) {
    endGrant(cognito, code);
    throw new OAuthRefusal("invalid_grant");
  }
  const isGood = code.expiresAt > cognito.now() && code.redirectUri === redirectUri;
  if (!isGood || !isVerified(code, form.get("code_verifier"))) throw new OAuthRefusal("invalid_grant");
  return await exchange(context, code);
}

async function exchange(context: ThroughClient, code: AuthorizationCode): Promise<object> {
  const { cognito } = context;
  // Before the first await, so that of two requests at once only one gets tokens.
  const grantId = randomUUID();
  cognito.commit(put("codes", { ...code, grantId }));
  const user = cognito.user(code.poolId, code.username);
  if (!user?.enabled || user.attributes.sub !== code.sub) throw new OAuthRefusal("invalid_grant");
  const { scopes, nonce, resource, authenticatedAt, origin } = code;
  const hosted = { eventId: grantId, scopes, nonce, resource, authenticatedAt, origin };
  const tokens = await tokensFor(context, { user, source: "TokenGeneration_HostedAuth" }, hosted);
  const now = cognito.code(code.codeHash);
  if (now?.replayed) {
    endGrant(cognito, now);
    throw new OAuthRefusal("invalid_grant");
  }
  // "An ID token is only returned if the openid scope is requested" (developer guide).
  return scopes.includes("openid") ? tokens : { ...tokens, IdToken: undefined };
}

/** Revokes what the code gave. A grant that is still being made is revoked once it exists. */
function endGrant(cognito: Cognito, code: AuthorizationCode): void {
  const grant = code.grantId === undefined ? undefined : cognito.grant(code.grantId);
  cognito.commit(
    put("codes", { ...code, replayed: true }),
    ...(grant ? [put("grants", { ...grant, revoked: true })] : []),
  );
}

/** PKCE (RFC 7636, 4.6). A verifier for a code that asked for none is an attack on who leaves it out (RFC 9700, 4.8). */
function isVerified({ challenge }: AuthorizationCode, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return sameSecret(createHash("sha256").update(verifier).digest("base64url"), challenge);
}
