import { randomUUID } from "node:crypto";
import { alreadyExists, invalidParameter } from "../../model/failures";
import type { User, UserStatus } from "../../model/user";
import { assertAttributes, missingAttributes, withVerificationReset } from "../../rules/attributes";
import { folded, namesOf, usernameAttribute } from "../../rules/username";
import type { InPool } from "../../store/cognito";

/**
 * A user as they begin, not stored yet.
 * @throws UsernameExistsException, InvalidParameterException
 */
export function newUser(
  { cognito, pool }: InPool,
  username: string,
  { given, status }: { given: Record<string, string>; status: UserStatus },
): User {
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
  const held: Record<string, string> = { sub, ...withVerificationReset({}, attributes) };
  const now = cognito.now();
  const user: User = {
    poolId: pool.id,
    username: own,
    attributes: held,
    names: namesOf(pool, own, held),
    groups: [],
    status,
    enabled: true,
    createdAt: now,
    modifiedAt: now,
  };
  assertNamesFree({ cognito, pool }, user);
  return user;
}

/** To be asked again after every wait, right before storing. @throws UsernameExistsException */
export function assertNamesFree({ cognito, pool }: InPool, { username, names }: User): void {
  if (!names.some((name) => cognito.userNamed(pool, name))) return;
  const aliased = pool.usernameAttributes.length === 0 && !cognito.userNamed(pool, username);
  throw aliased ? alreadyExists.aliasOnCreate("email") : alreadyExists.username();
}
