import type { Client } from "../model/client";
import { notAuthorized, passwordResetRequired, userNotConfirmed, userNotFound } from "../model/failures";
import type { ChallengeSession, Grant, User } from "../model/user";

/**
 * Whether a password sign-in may go on; `nextStep` then says with what.
 *
 * Nothing about the account is told before the password was right: disabled and expired are told apart only to
 * somebody who knows it. That it is unconfirmed everybody hears (amplify-js#11209), where the client does not hide it.
 *
 * @param user undefined when there is none of that name.
 * @param about.passwordMatches whether the password was that of the user.
 * @throws NotAuthorizedException, UserNotFoundException (clients with PreventUserExistenceErrors LEGACY),
 *   UserNotConfirmedException, PasswordResetRequiredException
 */
export function assertMaySignIn(
  user: User | undefined,
  { client, passwordMatches, now }: { client: Client; passwordMatches: boolean; now: number },
): asserts user is User {
  if (!user) throw unknownUser(client);
  // Also with a wrong password, as people report; not where the client hides who exists [unconfirmed].
  const isHiding = client.settings.PreventUserExistenceErrors === "ENABLED";
  if (user.status === "UNCONFIRMED" && user.enabled && !isHiding) throw userNotConfirmed();
  if (!passwordMatches) throw notAuthorized.badCredentials();
  if (!user.enabled) throw notAuthorized.userDisabled();
  if (user.status === "UNCONFIRMED") throw userNotConfirmed();
  if (user.status === "RESET_REQUIRED") throw passwordResetRequired();
  if (user.status === "FORCE_CHANGE_PASSWORD" && (user.password?.expiresAt ?? 0) <= now) {
    throw notAuthorized.temporaryPasswordExpired();
  }
}

/** ENABLED hides that there is no such user; LEGACY, the default, says so. */
export function unknownUser(client: Client): Error {
  return client.settings.PreventUserExistenceErrors === "ENABLED"
    ? notAuthorized.badCredentials()
    : userNotFound();
}

/** A challenge that may be answered, and by whom. */
export interface Standing {
  user: User;
  challenge: ChallengeSession;
}

/**
 * Whether an answer may be given to this challenge: of this client, this user, in time, and once.
 * @throws NotAuthorizedException, PasswordResetRequiredException
 */
export function standingChallenge(
  challenge: ChallengeSession | undefined,
  user: User | undefined,
  about: { client: Client; name: string; now: number },
): Standing {
  if (
    !challenge ||
    !user ||
    challenge.poolId !== about.client.poolId ||
    challenge.clientId !== about.client.id ||
    challenge.username !== user.username ||
    challenge.challenge !== about.name
  ) {
    throw notAuthorized.sessionInvalid();
  }
  if (challenge.used) throw notAuthorized.sessionUsed();
  if (challenge.expiresAt <= about.now) throw notAuthorized.sessionExpired();
  if (!user.enabled) throw notAuthorized.userDisabled();
  // An administrator has reset the password since: the one that began this sign-in is void.
  if (user.status === "RESET_REQUIRED") throw passwordResetRequired();
  return { user, challenge };
}

/**
 * A refresh token of a confirmed device is for that device alone: its key comes along (developer guide, "Working with user
 * devices in your user pool").
 * @throws NotAuthorizedException
 */
export function assertOfDevice(grant: Grant, user: User | undefined, deviceKey: string | undefined): void {
  const { device } = grant;
  const isConfirmed = user?.devices?.some(({ key }) => key === device?.key);
  if (device && isConfirmed && deviceKey !== device.key) throw notAuthorized.refreshTokenInvalid();
}

/**
 * Whether a refresh token may be used: by the client that it was issued to, in time, not revoked, by a user
 * that still may sign in.
 * @throws NotAuthorizedException
 */
export function assertRefresh(
  grant: Grant | undefined,
  user: User | undefined,
  about: { client: Client; now: number },
): asserts grant is Grant {
  if (!grant || grant.poolId !== about.client.poolId || !user) throw notAuthorized.refreshTokenInvalid();
  if (grant.clientId !== about.client.id) throw notAuthorized.refreshTokenOfOtherClient();
  if (!user.enabled) throw notAuthorized.userDisabled();
  if (grant.revoked) throw notAuthorized.refreshTokenRevoked();
  if (grant.expiresAt <= about.now) throw notAuthorized.refreshTokenExpired();
}
