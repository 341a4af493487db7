import { z } from "zod";
import { alreadyExists, invalidParameter, resourceNotFound } from "../../model/failures";
import { type IdentityProvider, PROVIDER_TYPES } from "../../model/identity-provider";
import { notHonoured } from "../../model/not-honoured";
import type { Pool } from "../../model/pool";
import {
  assertIdentifiersFree,
  assertProviderDetails,
  assertProviderName,
  checkedMapping,
  isIdentifiedBy,
} from "../../rules/provider-details";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { pageSize, pageToken, text, userPoolId, wireTime } from "../parameters";

const providerName = text(1, 32, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
const identifier = text(1, 40, /^[\w\s+=.@-]+$/);
const named = z.object({ UserPoolId: userPoolId, ProviderName: providerName });
const settings = {
  ProviderDetails: z.record(z.string(), z.string().max(131_072)),
  AttributeMapping: z.record(z.string().min(1).max(32), z.string().max(131_072)),
  IdpIdentifiers: z.array(identifier).max(50),
  AcrMapping: notHonoured("authentication context classes of providers", z.strictObject({})),
};

export const identityProviderOperations = {
  CreateIdentityProvider: signed(
    named.extend({
      // No underscore: it stands between the provider and the subject in usernames.
      ProviderName: text(3, 32, /^[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+$/u),
      ProviderType: z.enum(PROVIDER_TYPES),
      ProviderDetails: settings.ProviderDetails,
      AttributeMapping: settings.AttributeMapping.default({}),
      IdpIdentifiers: settings.IdpIdentifiers.default([]),
      AcrMapping: settings.AcrMapping,
    }),
    (cognito, { UserPoolId, ProviderName: name, ProviderType: type, ...given }) => {
      const pool = cognito.pool(UserPoolId);
      assertProviderName(name, type);
      if (cognito.identityProvider(pool, name)) throw alreadyExists.provider(name);
      const now = cognito.now();
      const provider: IdentityProvider = {
        poolId: pool.id,
        name,
        type,
        details: given.ProviderDetails,
        mapping: given.AttributeMapping,
        identifiers: given.IdpIdentifiers,
        createdAt: now,
        modifiedAt: now,
      };
      return stored(cognito, pool, provider);
    },
  ),

  DescribeIdentityProvider: signed(named, (cognito, { UserPoolId, ProviderName }) => ({
    IdentityProvider: describe(existing(cognito, cognito.pool(UserPoolId), ProviderName)),
  })),

  GetIdentityProviderByIdentifier: signed(
    z.object({ UserPoolId: userPoolId, IdpIdentifier: identifier }),
    (cognito, { UserPoolId, IdpIdentifier }) => {
      const all = cognito.identityProviders(cognito.pool(UserPoolId));
      const provider = all.find((each) => isIdentifiedBy(each, IdpIdentifier));
      if (!provider) throw resourceNotFound.provider(IdpIdentifier);
      return { IdentityProvider: describe(provider) };
    },
  ),

  UpdateIdentityProvider: signed(
    named.extend(z.object(settings).partial().shape),
    (cognito, { UserPoolId, ProviderName, ProviderDetails, AttributeMapping, IdpIdentifiers }) => {
      const pool = cognito.pool(UserPoolId);
      const before = existing(cognito, pool, ProviderName);
      const after: IdentityProvider = {
        ...before,
        details: ProviderDetails ?? before.details,
        mapping: AttributeMapping ?? before.mapping,
        identifiers: IdpIdentifiers ?? before.identifiers,
        modifiedAt: cognito.now(),
      };
      return stored(cognito, pool, after);
    },
  ),

  DeleteIdentityProvider: signed(named, (cognito, { UserPoolId, ProviderName }) => {
    const pool = cognito.pool(UserPoolId);
    const provider = existing(cognito, pool, ProviderName);
    // A later provider of this name is not let in by clients that were never told of it.
    const clients = cognito.clients(pool).map((client) => {
      const left = client.settings.SupportedIdentityProviders?.filter((name) => name !== ProviderName);
      return put("clients", {
        ...client,
        settings: { ...client.settings, SupportedIdentityProviders: left },
      });
    });
    cognito.commit(drop("identityProviders", provider), ...clients);
    return {};
  }),

  ListIdentityProviders: signed(
    z.object({ UserPoolId: userPoolId, MaxResults: pageSize.optional(), NextToken: pageToken.optional() }),
    (cognito, { UserPoolId, MaxResults: limit, NextToken: token }) => {
      const all = cognito.identityProviders(cognito.pool(UserPoolId));
      const { items, next } = page(all, ({ name }) => name, { limit, token });
      const Providers = items.map(({ name, type, createdAt, modifiedAt }) => ({
        ProviderName: name,
        ProviderType: type,
        CreationDate: wireTime(createdAt),
        LastModifiedDate: wireTime(modifiedAt),
      }));
      return { Providers, ...next };
    },
  ),
};

async function stored(cognito: Cognito, pool: Pool, given: IdentityProvider): Promise<object> {
  assertProviderDetails(given.type, given.details);
  const { MetadataFile } = given.details;
  if (MetadataFile) await assertMetadata(MetadataFile);
  const others = cognito.identityProviders(pool).filter(({ name }) => name !== given.name);
  assertIdentifiersFree(others, given.identifiers);
  const provider = { ...given, mapping: checkedMapping(pool, given.type, given.mapping) };
  cognito.commit(put("identityProviders", provider));
  return { IdentityProvider: describe(provider) };
}

/** What is behind a MetadataURL is read when somebody signs in. @throws InvalidParameterException */
async function assertMetadata(file: string): Promise<void> {
  const { metadataIn } = await import("../../rules/saml-metadata");
  try {
    metadataIn(file);
  } catch (error) {
    throw invalidParameter(`MetadataFile: ${error instanceof Error ? error.message : error}`);
  }
}

function existing(cognito: Cognito, pool: Pool, name: string): IdentityProvider {
  const provider = cognito.identityProvider(pool, name);
  if (!provider) throw resourceNotFound.provider(name);
  return provider;
}

function describe(provider: IdentityProvider): object {
  return {
    UserPoolId: provider.poolId,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: provider.details,
    AttributeMapping: provider.mapping,
    IdpIdentifiers: provider.identifiers,
    CreationDate: wireTime(provider.createdAt),
    LastModifiedDate: wireTime(provider.modifiedAt),
  };
}
