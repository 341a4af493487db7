import { createHash, randomUUID } from "node:crypto";
import { notAuthorized } from "../../model/failures";
import { type Pool, regionOf } from "../../model/pool";
import type { DeviceKeys, Grant, User } from "../../model/user";
import { remembersDevices, withDevice } from "../../rules/device";
import { fingerprint } from "../../rules/fingerprint";
import { evicted } from "../../rules/tracked-sessions";
import { validitiesOf } from "../../rules/validity";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { sign } from "../../tokens/keys";
import { newDeviceGroupKey, newRefreshToken, newSessionId } from "../../tokens/opaque";
import { type TokenSource, tokenClaims } from "../../tokens/pre-token-generation";

/** Who passed every step of a sign-in. */
export interface SignedIn {
  user: User;
  /** Why tokens are made now, as the pre-token-generation trigger of an API sign-in is told. */
  source: TokenSource;
  clientMetadata?: Record<string, string> | undefined;
  /** What it was done with, where the client says so and the pool remembers devices. */
  deviceKey?: string | undefined;
}

/** What the Hosted UI settled before the tokens: the grant's id, its scopes, and when the user signed in. */
export interface HostedSignIn {
  eventId: string;
  scopes: string[];
  nonce?: string | undefined;
  resource?: string | undefined;
  authenticatedAt: number;
  /** The browser's session, in a pool that keeps track. */
  origin?: string | undefined;
}

/**
 * Signs a user in: a new grant with its three tokens, as `AuthenticationResult`.
 * @throws UserLambdaValidationException and its kin when the pool's trigger refuses.
 */
export async function tokensFor(
  context: ThroughClient,
  signedIn: SignedIn,
  hosted?: HostedSignIn,
): Promise<object> {
  const { cognito, pool, client } = context;
  const { user } = signedIn;
  const refreshToken = newRefreshToken();
  const now = cognito.now();
  const known = signedIn.deviceKey ? user.devices?.find(({ key }) => key === signedIn.deviceKey) : undefined;
  const device = known ?? (hosted ? undefined : newDevice(pool));
  const grant: Grant = {
    poolId: pool.id,
    clientId: client.id,
    username: user.username,
    eventId: hosted?.eventId ?? randomUUID(),
    originJti: randomUUID(),
    refreshHash: fingerprint(refreshToken),
    authenticatedAt: hosted?.authenticatedAt ?? now,
    expiresAt: now + validitiesOf(client.settings).refresh * 1_000,
    ...(hosted && { scopes: hosted.scopes, resource: hosted.resource }),
    ...(device && { device: { key: device.key, groupKey: device.groupKey } }),
    ...(pool.sessions?.isTracking && {
      tracked: { id: newSessionId("tkn"), activeAt: now, origin: hosted?.origin },
    }),
  };
  const tokens = await signTokens(context, grant, { ...signedIn, nonce: hosted?.nonce });
  // The trigger and the signing took time: an account deleted or disabled meanwhile gets no grant.
  const current = cognito.user(pool.id, user.username);
  if (!current?.enabled) throw notAuthorized.userDisabled();
  const ended = grant.tracked ? evicted(pool, cognito.grantsOf(user), now) : [];
  const seen = known && withDevice(current, { ...known, authenticatedAt: now });
  cognito.commit(
    ...ended.map((each) => put("grants", { ...each, revoked: true })),
    ...(seen ? [put("users", seen)] : []),
    put("grants", grant),
  );
  const NewDeviceMetadata = device && !known && { DeviceKey: device.key, DeviceGroupKey: device.groupKey };
  return { ...tokens, RefreshToken: refreshToken, ...(NewDeviceMetadata && { NewDeviceMetadata }) };
}

/** The names of a device that is not known yet, in a pool that remembers them. */
function newDevice(pool: Pool): DeviceKeys | undefined {
  if (!remembersDevices(pool)) return undefined;
  return { key: `${regionOf(pool)}_${randomUUID()}`, groupKey: newDeviceGroupKey() };
}

/**
 * The answer to a completed sign-in: tokens from the API, an authorisation code from the Hosted UI. The steps
 * are the same for both.
 */
export type Completion<T = object> = (signedIn: SignedIn) => Promise<T>;

/** The API's answer to a completed sign-in: a new grant's tokens. */
export function withTokens(context: ThroughClient): Completion {
  return async (signedIn) => ({
    AuthenticationResult: await tokensFor(context, signedIn),
    ChallengeParameters: {},
  });
}

/**
 * New access and ID tokens of a grant.
 * @throws UserLambdaValidationException and its kin when the pool's trigger refuses.
 */
export async function signTokens(
  { cognito, pool, client }: ThroughClient,
  grant: Grant,
  { nonce, ...reason }: Omit<SignedIn, "user"> & { nonce?: string | undefined },
): Promise<object> {
  const user = cognito.user(grant.poolId, grant.username);
  const keys = await cognito.signingKeys(pool.id);
  if (!user || !keys) throw notAuthorized.refreshTokenInvalid();
  const groups = cognito.groupsOf(user);
  const subject = { client, user, groups, grant, issuer: cognito.issuer(pool.id), now: cognito.now(), nonce };
  const claims = await tokenClaims(subject, { pool, triggers: cognito.triggers, ...reason });
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
