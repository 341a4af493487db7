import { invalidParameter, notAuthorized } from "../model/failures";
import type { Identity, IdentityProvider, Profile, ProviderType } from "../model/identity-provider";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";
import { isWritable } from "./schema";
import { folded } from "./username";

/** The claim that the username is made of (developer guide, "Mapping IdP attributes to profiles and tokens"). */
export const SUBJECT_CLAIMS: Record<Exclude<ProviderType, "SAML">, string> = {
  OIDC: "sub",
  Google: "sub",
  SignInWithApple: "sub",
  Facebook: "id",
  LoginWithAmazon: "user_id",
};

/** Whether the user was made by a provider, and not signed up or created here. */
export function isExternal(user: Pick<User, "identities">): boolean {
  return user.identities?.some(({ primary }) => primary) === true;
}

/** `Provider_subject`, as the pool compares names. @throws InvalidParameterException for what can be no username */
export function externalUsername(pool: Pool, { name }: IdentityProvider, subject: string): string {
  const username = folded(pool, `${name}_${subject}`);
  if (subject === "" || username.length > 128 || !/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u.test(username)) {
    throw invalidParameter(`${name} names the user in a way that can be no username.`);
  }
  return username;
}

/**
 * The attributes that the provider's claims become.
 *
 * @param writable of the client that the user signs in through: it must be allowed to write all of them
 * @throws NotAuthorizedException
 */
export function mappedAttributes(
  { mapping }: IdentityProvider,
  claims: Profile["claims"],
  writable: string[] | undefined,
): Record<string, string> {
  const mapped: Record<string, string> = {};
  for (const [attribute, claim] of Object.entries(mapping)) {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    if (attribute === "username" || value === undefined) continue;
    // Whether an address is verified is written along with it.
    if (!isWritable(writable, attribute.replace(/^(email|phone_number)_verified$/, "$1"))) {
      throw notAuthorized.attributeNotWritable();
    }
    mapped[attribute] = value;
  }
  return mapped;
}

/** The user's attributes as they are told, with `identities` in one. */
export function attributesTold({
  attributes,
  identities,
}: Pick<User, "attributes" | "identities">): Record<string, string> {
  if (!identities?.length) return attributes;
  return { ...attributes, identities: JSON.stringify(identities.map(describeIdentity)) };
}

function describeIdentity({ userId, providerName, providerType, primary, createdAt }: Identity) {
  return { userId, providerName, providerType, issuer: null, primary, dateCreated: createdAt };
}

/** The ID token's claim `identities`, in which everything is a string (developer guide, "Understanding the ID token"). */
export function identitiesClaim({ identities }: Pick<User, "identities">): object[] | undefined {
  if (!identities?.length) return undefined;
  return identities
    .map(describeIdentity)
    .map((each) => ({ ...each, primary: String(each.primary), dateCreated: String(each.dateCreated) }));
}
