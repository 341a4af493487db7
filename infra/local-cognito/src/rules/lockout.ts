import type { Failures } from "../model/user";

/** So many wrong answers are free. */
const FREE = 5;
const LONGEST_S = 15 * 60;
const FORGIVEN_AFTER_MS = 15 * 60_000;

/**
 * What one more attempt makes of the failures before it.
 *
 * "After five failed sign-in attempts with a password, Amazon Cognito locks out your user for one second. The
 * duration doubles after each additional failed attempt, up to approximately 15 minutes": 2^(n-5) seconds.
 * Attempts while locked are refused, right or wrong, and do not count. A success, or 15 minutes without any
 * attempt, starts anew (developer guide, "Lockout behavior for failed sign-in attempts"). Wrong codes of a
 * second factor are counted in the same way, by themselves ("Adding MFA to a user pool").
 *
 * @param now ms since the epoch.
 * @returns locked: the attempt must be refused, whatever it was. after: what to store.
 */
export function attempted(
  before: Failures | undefined,
  right: boolean,
  now: number,
): { locked: boolean; after: Failures | undefined } {
  const standing = before && now - before.lastAt < FORGIVEN_AFTER_MS ? before : undefined;
  if (standing && now < standing.lockedUntil) return { locked: true, after: { ...standing, lastAt: now } };
  if (right) return { locked: false, after: undefined };
  const count = (standing?.count ?? 0) + 1;
  const seconds = count < FREE ? 0 : Math.min(2 ** (count - FREE), LONGEST_S);
  return { locked: false, after: { count, lastAt: now, lockedUntil: now + seconds * 1_000 } };
}
