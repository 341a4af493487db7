import { invalidParameter } from "../model/failures";
import type { Pool } from "../model/pool";

/** A name as the pool compares it. */
export function folded(pool: Pool, name: string): string {
  return pool.caseSensitive === false ? name.toLowerCase() : name;
}

/**
 * Everything a user may be called: the username, in an e-mail pool also the address, in an alias pool also
 * each *verified* address (an unverified one would let a stranger claim somebody's mailbox).
 */
export function namesOf(pool: Pool, username: string, attributes: Record<string, string>): string[] {
  const names = new Set([folded(pool, username)]);
  for (const attribute of pool.usernameAttributes) {
    const value = attributes[attribute];
    if (value) names.add(folded(pool, value));
  }
  for (const alias of pool.aliasAttributes) {
    const value = attributes[alias];
    const owned = alias === "preferred_username" || attributes[`${alias}_verified`] === "true";
    if (value && owned) names.add(folded(pool, value));
  }
  return [...names];
}

/**
 * Which attribute a new user's name is, in a pool where people sign in by e-mail or phone; otherwise null.
 * @throws InvalidParameterException when it is neither, in Cognito's words.
 */
export function usernameAttribute(pool: Pool, username: string): "email" | "phone_number" | null {
  const allowed = pool.usernameAttributes;
  if (allowed.length === 0) return null;
  if (allowed.includes("email") && username.includes("@")) return "email";
  if (allowed.includes("phone_number") && username.startsWith("+")) return "phone_number";
  if (allowed.length === 2) throw invalidParameter("Username should be either an email or a phone number.");
  throw invalidParameter(
    allowed[0] === "email" ? "Username should be an email." : "Username should be a phone number.",
  );
}

/**
 * A name of their choice is nobody's before the sign-up is confirmed: it would keep others from it (amplify-js#1669).
 * @throws InvalidParameterException
 */
export function assertNoEarlyAlias(
  { aliasAttributes }: Pool,
  { preferred_username: name }: Record<string, string>,
): void {
  if (!name || !aliasAttributes.includes("preferred_username")) return;
  throw invalidParameter(
    "Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.",
  );
}

/**
 * Where people sign in by an alias too, a name must not look like one (amplify-js#8800).
 * @throws InvalidParameterException
 */
export function assertNoAlias({ aliasAttributes }: Pool, username: string): void {
  const format = aliasAttributes.includes("email") && /^\S+@\S+\.\S+$/.test(username) ? "email" : undefined;
  const isPhone = aliasAttributes.includes("phone_number") && /^\+[1-9]\d{1,14}$/.test(username);
  const kind = format ?? (isPhone ? "phone number" : undefined);
  if (kind === undefined) return;
  throw invalidParameter(
    `Username cannot be of ${kind} format, since user pool is configured for ${kind} alias.`,
  );
}
