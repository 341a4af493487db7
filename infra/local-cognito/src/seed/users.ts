import { federation, resourceNotFound } from "../model/failures";
import type { Identity } from "../model/identity-provider";
import type { Password, User } from "../model/user";
import { assertNamesFree, newExternalUser, newUser } from "../operations/users/new-user";
import { folded, namesOf } from "../rules/username";
import type { InPool } from "../store/cognito";
import { put } from "../store/store";
import { type ParsedUser, pathOf } from "./format";
import { perform, refusedAt } from "./perform";
import { SeedError } from "./seed";

/** The setting of AdminSetUserMFAPreference for each factor, as AdminGetUser calls it. */
const PREFERENCES: Record<string, string> = {
  SMS_MFA: "SMSMfaSettings",
  SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
  EMAIL_OTP: "EmailMfaSettings",
};

/** @throws SeedError */
export async function addUser(context: InPool, seed: ParsedUser, at: PropertyKey[]): Promise<void> {
  const { cognito, pool } = context;
  const { username } = await refusedAt(at, () => begin(context, seed));
  await setPassword(context, { seed, username }, at);
  await refusedAt([...at, "Groups"], () => seed.Groups.map((name) => cognito.group(pool, name)));
  const begun = cognito.existingUser(pool, username);
  const user: User = {
    ...begun,
    groups: seed.Groups,
    enabled: seed.Enabled,
    status: seed.UserStatus ?? begun.status,
    ...(seed.Passkeys && { passkeys: seed.Passkeys }),
    ...(seed.Devices && { devices: seed.Devices }),
    ...(seed.SoftwareTokenSecret && {
      mfa: { softwareToken: { secret: seed.SoftwareTokenSecret, verified: true }, enabled: [] },
    }),
  };
  cognito.commit(put("users", user));
  await setPreferences(context, { seed, user }, at);
}

/** Nothing waits in between, so that of two users of one name the second finds the first. */
function begin(context: InPool, seed: ParsedUser): User {
  const user = named(context, seed);
  context.cognito.commit(put("users", user));
  return user;
}

function named(context: InPool, seed: ParsedUser): User {
  const { Username, Sub, Attributes } = seed;
  const identities = identitiesOf(context, seed);
  const identity = identities.find(({ primary }) => primary);
  if (identity) {
    const username = folded(context.pool, Username);
    const made = newExternalUser(context, { identity, username, mapped: Attributes });
    return { ...made, identities, attributes: { ...made.attributes, ...(Sub && { sub: Sub }) } };
  }
  const made = newUser(context, Username, { given: Attributes, status: "UNCONFIRMED" });
  if (Sub === undefined) return { ...made, identities };
  const username = made.username === made.attributes.sub ? Sub : made.username;
  const attributes = { ...made.attributes, sub: Sub };
  const names = namesOf(context.pool, username, attributes);
  const user = { ...made, username, attributes, names, identities };
  assertNamesFree(context, user);
  return user;
}

/** @throws ResourceNotFoundException, InvalidParameterException for somebody who is another user already */
function identitiesOf({ cognito, pool }: InPool, { Identities }: ParsedUser): Identity[] {
  return Identities.map((each) => {
    const provider = cognito.identityProvider(pool, each.providerName);
    if (!provider) throw resourceNotFound.provider(each.providerName);
    if (cognito.userIdentified(pool, each)) throw federation.merging();
    return { ...each, providerType: provider.type, createdAt: each.createdAt ?? cognito.now() };
  });
}

async function setPassword(
  { cognito, pool }: InPool,
  { seed, username: Username }: { seed: ParsedUser; username: string },
  at: PropertyKey[],
): Promise<void> {
  const { Password, TemporaryPassword, PasswordHash } = seed;
  const given = (["Password", "TemporaryPassword", "PasswordHash"] as const).filter((name) => seed[name]);
  if (given.length > 1) throw new SeedError(`${pathOf(at)}: ${given.join(" and ")} cannot be at once.`);
  const [which = ""] = given;
  const request = { UserPoolId: pool.id, Username, Password: Password ?? TemporaryPassword };
  if (Password || TemporaryPassword) {
    await perform(
      cognito,
      ["AdminSetUserPassword", { ...request, Permanent: Boolean(Password) }],
      [...at, which],
    );
  }
  if (PasswordHash) {
    const user = cognito.existingUser(pool, Username);
    cognito.commit(put("users", { ...user, password: PasswordHash as Password }));
  }
}

async function setPreferences(
  { cognito, pool }: InPool,
  { seed, user }: { seed: ParsedUser; user: User },
  at: PropertyKey[],
): Promise<void> {
  const { UserMFASettingList: enabled, PreferredMfaSetting: preferred } = seed;
  if (enabled.length === 0 && preferred === undefined) return;
  const where = [...at, "UserMFASettingList"];
  const settings = enabled.map((factor) => {
    const name = PREFERENCES[factor];
    if (!name) throw new SeedError(`${pathOf(where)}: ${factor} is no second factor.`);
    return [name, { Enabled: true, PreferredMfa: factor === preferred }];
  });
  if (preferred !== undefined && !enabled.includes(preferred)) {
    throw new SeedError(
      `${pathOf([...at, "PreferredMfaSetting"])}: ${preferred} is not in UserMFASettingList.`,
    );
  }
  const request = { UserPoolId: pool.id, Username: user.username, ...Object.fromEntries(settings) };
  await perform(cognito, ["AdminSetUserMFAPreference", request], where);
}
