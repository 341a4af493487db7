import { randomUUID } from "node:crypto";
import { alreadyExists, federation, invalidParameter } from "../../model/failures";
import type { Identity } from "../../model/identity-provider";
import type { User, UserStatus } from "../../model/user";
import { assertAttributes, missingAttributes, withVerificationReset } from "../../rules/attributes";
import { assertNoAlias, assertNoEarlyAlias, folded, namesOf, usernameAttribute } from "../../rules/username";
import type { InPool } from "../../store/cognito";

interface Beginning {
  given: Record<string, string>;
  status: UserStatus;
  /** By the person themselves, who hears of taken names in other words. */
  isSignUp?: boolean;
}

/**
 * A user as they begin, not stored yet.
 * @throws UsernameExistsException, InvalidParameterException
 */
export function newUser(
  { cognito, pool }: InPool,
  username: string,
  { given, status, isSignUp = false }: Beginning,
): User {
  assertNoAlias(pool, username);
  if (isSignUp) assertNoEarlyAlias(pool, given);
  const asAttribute = usernameAttribute(pool, username);
  if (asAttribute && (given[asAttribute] ?? username) !== username) {
    throw invalidParameter(`The ${asAttribute} attribute does not match the username.`);
  }
  const attributes = asAttribute ? { ...given, [asAttribute]: username } : given;
  assertAttributes(pool, attributes, false);
  const missing = missingAttributes(pool, attributes);
  if (missing.length > 0) {
    const faults = missing.map((name) => `${name}: The attribute is required`).join("\n");
    throw invalidParameter(`Attributes did not conform to the schema: ${faults}\n`);
  }
  const sub = randomUUID();
  const own = asAttribute ? sub : folded(pool, username);
  const begun = beginning({ cognito, pool }, { username: own, attributes: { sub, ...attributes }, status });
  const user = { ...begun, names: namesOf(pool, own, begun.attributes) };
  assertNamesFree({ cognito, pool }, user, isSignUp);
  return user;
}

/**
 * A user that a provider makes at the first sign-in there, not stored yet. The username is the only name: an address that a
 * provider tells of is nobody's name here, and so nobody's account can be entered by it.
 *
 * @throws InvalidParameterException for attributes that do not fit, or a username that somebody has
 */
export function newExternalUser(
  { cognito, pool }: InPool,
  { identity, username, mapped }: { identity: Identity; username: string; mapped: Record<string, string> },
): User {
  assertAttributes(pool, mapped, false);
  const missing = missingAttributes(pool, mapped);
  if (missing.length > 0) throw federation.attributesMissing(missing.join(", "));
  const attributes = { sub: randomUUID(), ...mapped };
  const begun = beginning({ cognito, pool }, { username, attributes, status: "EXTERNAL_PROVIDER" });
  if (cognito.userNamed(pool, username)) throw federation.entryExists(username);
  return { ...begun, identities: [identity] };
}

function beginning(
  { cognito, pool }: InPool,
  { username, attributes, status }: Pick<User, "username" | "attributes" | "status">,
): User {
  const now = cognito.now();
  return {
    poolId: pool.id,
    username,
    attributes: withVerificationReset({}, attributes),
    names: [username],
    groups: [],
    status,
    enabled: true,
    createdAt: now,
    modifiedAt: now,
  };
}

/** To be asked again after every wait, right before storing. @throws UsernameExistsException */
export function assertNamesFree(
  { cognito, pool }: InPool,
  { username, names, attributes }: User,
  isSignUp = false,
): void {
  if (!names.some((name) => cognito.userNamed(pool, name))) return;
  const aliased = pool.usernameAttributes.length === 0 && !cognito.userNamed(pool, username);
  if (aliased) throw alreadyExists.aliasOnCreate("email");
  if (!isSignUp) throw alreadyExists.username();
  const [address] = pool.usernameAttributes.filter((name) => attributes[name]);
  throw address ? alreadyExists.aliasOnCreate(address) : alreadyExists.atSignUp();
}
