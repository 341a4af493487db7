import { createHash, randomUUID } from "node:crypto";
import type { Client } from "../../model/client";
import { notAuthorized } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { Grant, User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { validitiesOf } from "../../rules/validity";
import type { Cognito } from "../../store/cognito";
import { put } from "../../store/store";
import { sign } from "../../tokens/keys";
import { newRefreshToken } from "../../tokens/opaque";
import { type TokenSource, tokenClaims } from "../../tokens/pre-token-generation";

/** What the Hosted UI settled before the tokens: the grant's id, its scopes, and when the user signed in. */
export interface HostedSignIn {
  eventId: string;
  scopes: string[];
  nonce?: string | undefined;
  authenticatedAt: number;
}

/**
 * Signs a user in: a new grant with its three tokens, as `AuthenticationResult`.
 * @throws UserLambdaValidationException and its kin when the pool's trigger refuses.
 */
export async function tokensFor(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  user: User,
  source: TokenSource,
  clientMetadata?: Record<string, string>,
  hosted?: HostedSignIn,
): Promise<object> {
  const refreshToken = newRefreshToken();
  const now = cognito.now();
  const grant: Grant = {
    poolId: pool.id,
    clientId: client.id,
    username: user.username,
    eventId: hosted?.eventId ?? randomUUID(),
    originJti: randomUUID(),
    refreshHash: fingerprint(refreshToken),
    authenticatedAt: hosted?.authenticatedAt ?? now,
    expiresAt: now + validitiesOf(client.settings).refresh * 1_000,
    ...(hosted && { scopes: hosted.scopes }),
  };
  const tokens = await signTokens(cognito, pool, client, grant, source, clientMetadata, hosted?.nonce);
  // The trigger and the signing took time: an account deleted or disabled meanwhile gets no grant.
  if (!cognito.user(pool.id, user.username)?.enabled) throw notAuthorized.userDisabled();
  cognito.commit(put("grants", grant));
  return { ...tokens, RefreshToken: refreshToken };
}

/**
 * What a sign-in that passed every step is answered with: tokens by the API, an authorisation code by the
 * Hosted UI. The steps themselves are the same for both.
 */
export type Completion<T = object> = (
  user: User,
  source: TokenSource,
  clientMetadata?: Record<string, string>,
) => Promise<T>;

/** The API's answer to a completed sign-in: a new grant's tokens. */
export function withTokens(cognito: Cognito, pool: Pool, client: Client): Completion {
  return async (user, source, clientMetadata) => ({
    AuthenticationResult: await tokensFor(cognito, pool, client, user, source, clientMetadata),
    ChallengeParameters: {},
  });
}

/**
 * New access and ID tokens of a grant.
 * @throws UserLambdaValidationException and its kin when the pool's trigger refuses.
 */
export async function signTokens(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  grant: Grant,
  source: TokenSource,
  clientMetadata?: Record<string, string>,
  nonce?: string,
): Promise<object> {
  const user = cognito.user(grant.poolId, grant.username);
  const keys = await cognito.signingKeys(pool.id);
  if (!user || !keys) throw notAuthorized.refreshTokenInvalid();
  const groups = cognito.groupsOf(user);
  const subject = { client, user, groups, grant, issuer: cognito.issuer(pool.id), now: cognito.now(), nonce };
  const claims = await tokenClaims(pool, subject, { triggers: cognito.triggers, source, clientMetadata });
  const accessToken = await sign(keys, "access", claims.access);
  const idToken = await sign(keys, "id", {
    ...claims.id,
    ...(grant.scopes && { at_hash: accessTokenHash(accessToken) }),
  });
  return {
    AccessToken: accessToken,
    IdToken: idToken,
    ExpiresIn: validitiesOf(client.settings).access,
    TokenType: "Bearer",
  };
}

/** `at_hash` for RS256: the left half of the token's SHA-256 (OpenID Connect Core, 3.1.3.6). */
function accessTokenHash(token: string): string {
  return createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");
}
