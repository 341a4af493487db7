import { notAuthorized, passwordResetRequired, userNotConfirmed, userNotFound } from "../failures";
import type { Client } from "../model/client";
import type { ChallengeSession, Grant, User } from "../model/user";

/** What a correct password leads to. */
export type Outcome = "tokens" | "NEW_PASSWORD_REQUIRED";

/**
 * The one decision about a password sign-in.
 *
 * Nothing about the account is told before the password was right: disabled, unconfirmed and expired are
 * distinguishable only by who knows it.
 *
 * @param user undefined when there is none of that name.
 * @param passwordMatches whether the password was that of the user.
 * @throws NotAuthorizedException, UserNotFoundException (clients with PreventUserExistenceErrors LEGACY),
 *   UserNotConfirmedException, PasswordResetRequiredException
 */
export function decideSignIn(
  client: Client,
  user: User | undefined,
  passwordMatches: boolean,
  now: number,
): { user: User; outcome: Outcome } {
  if (!user) throw unknownUser(client);
  if (!passwordMatches) throw notAuthorized.badCredentials();
  if (!user.enabled) throw notAuthorized.userDisabled();
  switch (user.status) {
    case "CONFIRMED":
      return { user, outcome: "tokens" };
    case "UNCONFIRMED":
      throw userNotConfirmed();
    case "RESET_REQUIRED":
      throw passwordResetRequired();
    case "FORCE_CHANGE_PASSWORD":
      if ((user.password?.expiresAt ?? 0) <= now) throw notAuthorized.temporaryPasswordExpired();
      return { user, outcome: "NEW_PASSWORD_REQUIRED" };
  }
}

/** ENABLED hides that there is no such user; LEGACY, the default, says so. */
export function unknownUser(client: Client): Error {
  return client.settings.PreventUserExistenceErrors === "ENABLED"
    ? notAuthorized.badCredentials()
    : userNotFound();
}

/**
 * Whether an answer may be given to this challenge: of this client, this user, in time, and once.
 * @throws NotAuthorizedException
 */
export function assertChallenge(
  challenge: ChallengeSession | undefined,
  about: { client: Client; user: User | undefined; name: string; now: number },
): asserts challenge is ChallengeSession {
  if (
    !challenge ||
    !about.user ||
    challenge.poolId !== about.client.poolId ||
    challenge.clientId !== about.client.id ||
    challenge.username !== about.user.username ||
    challenge.challenge !== about.name
  ) {
    throw notAuthorized.sessionInvalid();
  }
  if (challenge.used) throw notAuthorized.sessionUsed();
  if (challenge.expiresAt <= about.now) throw notAuthorized.sessionExpired();
  if (!about.user.enabled) throw notAuthorized.userDisabled();
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
