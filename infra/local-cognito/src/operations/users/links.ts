import { z } from "zod";
import { federation, resourceNotFound, userNotFound } from "../../model/failures";
import { type Identity, type IdentityProvider, SUBJECT } from "../../model/identity-provider";
import type { Pool } from "../../model/pool";
import type { User } from "../../model/user";
import type { Cognito, InPool } from "../../store/cognito";
import { put } from "../../store/store";
import { signed } from "../operation";
import { userPoolId } from "../parameters";
import { revocations } from "./users";

const who = z.object({
  ProviderName: z.string().min(1).max(32).default("Cognito"),
  ProviderAttributeName: z.string().max(131_072).optional(),
  ProviderAttributeValue: z.string().min(1).max(131_072),
});
type Who = z.output<typeof who>;

/** "You can link up to five federated users to each user profile" (developer guide, "Linking federated users"). */
const MOST_LINKED = 5;

export const linkOperations = {
  AdminLinkProviderForUser: signed(
    z.object({ UserPoolId: userPoolId, DestinationUser: who, SourceUser: who }),
    (cognito, { UserPoolId, DestinationUser, SourceUser }) => {
      const context = cognito.inPool(UserPoolId);
      const destination = userOf(context, DestinationUser);
      if (!destination) throw userNotFound();
      const identity = identityOf(context, SourceUser);
      const holder = cognito.userIdentified(context.pool, identity);
      // What AWS says to the second link of a pair that is linked (aws-sdk-js-v3#5281).
      if (holder?.username === destination.username) throw federation.localSource();
      if (holder) throw federation.merging();
      const identities = destination.identities ?? [];
      if (identities.filter(({ primary }) => !primary).length >= MOST_LINKED) throw federation.tooMany();
      const linked = { ...destination, identities: [...identities, identity], modifiedAt: cognito.now() };
      cognito.commit(put("users", linked));
      return {};
    },
  ),

  AdminDisableProviderForUser: signed(
    z.object({ UserPoolId: userPoolId, User: who }),
    (cognito, { UserPoolId, User: named }) => {
      const user = userOf(cognito.inPool(UserPoolId), named);
      if (!user) throw userNotFound();
      const { ProviderName, ProviderAttributeName = SUBJECT, ProviderAttributeValue } = named;
      const others = (user.identities ?? []).filter(
        ({ primary, providerName, attribute, userId }) =>
          primary ||
          providerName !== ProviderName ||
          attribute !== ProviderAttributeName ||
          userId !== ProviderAttributeValue,
      );
      const isUnlinked = others.length < (user.identities ?? []).length;
      // Somebody who is nobody else: the profile itself is what is disabled.
      const changed: User = { ...user, identities: others, enabled: isUnlinked && user.enabled };
      cognito.commit(put("users", { ...changed, modifiedAt: cognito.now() }), ...revocations(cognito, user));
      return {};
    },
  ),
};

/** A user of the pool by name, or by who they are at a provider. */
function userOf({ cognito, pool }: InPool, named: Who): User | undefined {
  const { ProviderName, ProviderAttributeName = SUBJECT, ProviderAttributeValue } = named;
  if (ProviderName.toLowerCase() === "cognito") return cognito.userNamed(pool, ProviderAttributeValue);
  return cognito.userIdentified(pool, {
    providerName: ProviderName,
    attribute: ProviderAttributeName || SUBJECT,
    userId: ProviderAttributeValue,
  });
}

/** @throws InvalidParameterException, ResourceNotFoundException */
function identityOf({ cognito, pool }: InPool, source: Who): Identity {
  if (source.ProviderName.toLowerCase() === "cognito") throw federation.localSource();
  const provider = existing(cognito, pool, source.ProviderName);
  const attribute = source.ProviderAttributeName || SUBJECT;
  if (attribute !== SUBJECT && !Object.values(provider.mapping).includes(attribute)) {
    throw federation.attributeNotMapped(attribute);
  }
  return {
    providerName: provider.name,
    providerType: provider.type,
    attribute,
    userId: source.ProviderAttributeValue,
    primary: false,
    createdAt: cognito.now(),
  };
}

function existing(cognito: Cognito, pool: Pool, name: string): IdentityProvider {
  const provider = cognito.identityProvider(pool, name);
  if (!provider) throw resourceNotFound.provider(name);
  return provider;
}
