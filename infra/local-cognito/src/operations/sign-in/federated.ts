import { federation, notAuthorized, userNotConfirmed } from "../../model/failures";
import { type Identity, type IdentityProvider, type Profile, SUBJECT } from "../../model/identity-provider";
import type { User } from "../../model/user";
import { assertAttributes, withVerificationReset } from "../../rules/attributes";
import { externalUsername, mappedAttributes } from "../../rules/federation";
import { folded } from "../../rules/username";
import type { ThroughClient } from "../../store/cognito";
import { put } from "../../store/store";
import { transformedClaims } from "../sending/inbound-federation";
import { postAuthentication, postConfirmation, preSignUp } from "../sending/triggers";
import { newExternalUser } from "../users/new-user";
import { withAttributes } from "../users/user-changes";

/**
 * The user who signed in at a provider: whoever the identity was linked to, or the one that it made at its first
 * sign-in, which this may be. What the provider says of the user is written at every one (developer guide, "Mapping IdP
 * attributes to profiles and tokens"). Nobody else is ever found: an e-mail address leads to no account.
 *
 * @throws NotAuthorizedException, UserNotConfirmedException, AliasExistsException, InvalidParameterException,
 *   UserLambdaValidationException and its kin
 */
export async function federatedUser(
  context: ThroughClient,
  provider: IdentityProvider,
  said: Profile,
): Promise<User> {
  // A SAML provider may write a name now so, now so; an OpenID subject is exact.
  const subject = provider.type === "SAML" ? folded(context.pool, said.subject) : said.subject;
  const profile = { ...said, subject };
  const claims = await transformedClaims(context, provider, profile);
  // By what the provider said: a trigger changes attributes, and not who it is.
  const known = knownUser(context, provider, profile);
  const mapped = mappedAttributes(provider, claims, context.client.settings.WriteAttributes);
  return known
    ? await returning(context, known, mapped)
    : await arriving(context, provider, { ...profile, mapped });
}

function knownUser(
  { cognito, pool }: ThroughClient,
  { name: providerName, mapping }: IdentityProvider,
  { subject, claims }: Profile,
): User | undefined {
  const bySubject = cognito.userIdentified(pool, { providerName, attribute: SUBJECT, userId: subject });
  if (bySubject) return bySubject;
  // A link may name the person by another claim, as long as it is mapped.
  for (const attribute of new Set(Object.values(mapping))) {
    const userId = Object.hasOwn(claims, attribute) ? claims[attribute] : undefined;
    const linked = userId && cognito.userIdentified(pool, { providerName, attribute, userId });
    if (linked) return linked;
  }
  return undefined;
}

async function returning(context: ThroughClient, user: User, mapped: Record<string, string>): Promise<User> {
  const { cognito, pool } = context;
  if (!user.enabled) throw notAuthorized.userDisabled();
  // Whoever signed up with somebody's address, and never proved it, still knows the password.
  if (user.status === "UNCONFIRMED") throw userNotConfirmed();
  assertAttributes(pool, mapped, true);
  const updated = withAttributes(context, user, withVerificationReset(user.attributes, mapped));
  cognito.commit(put("users", updated));
  await postAuthentication({ ...context, user: updated }, false);
  return updated;
}

async function arriving(
  context: ThroughClient,
  provider: IdentityProvider,
  profile: Profile & { mapped: Record<string, string> },
): Promise<User> {
  const { cognito, pool } = context;
  const identity: Identity = {
    providerName: provider.name,
    providerType: provider.type,
    attribute: SUBJECT,
    userId: profile.subject,
    primary: true,
    createdAt: cognito.now(),
  };
  const username = externalUsername(pool, provider, profile.subject);
  const user = newExternalUser(context, { identity, username, mapped: profile.mapped });
  await preSignUp("PreSignUp_ExternalProvider", { ...context, user }, {});
  // A trigger that linked the identity to somebody has AWS refuse this sign-in, and the next one is theirs.
  const isTaken = knownUser(context, provider, profile) ?? cognito.userNamed(pool, username);
  if (isTaken) throw federation.entryExists(username);
  cognito.commit(put("users", user));
  await postConfirmation("PostConfirmation_ConfirmSignUp", { ...context, user });
  return user;
}
