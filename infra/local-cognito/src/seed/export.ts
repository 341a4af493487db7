import type { Client } from "../model/client";
import type { Branding, Domain, Terms } from "../model/hosted";
import type { IdentityProvider } from "../model/identity-provider";
import type { Group, Pool } from "../model/pool";
import type { User } from "../model/user";
import { operationNamed } from "../protocol/dispatch";
import { secretsOf } from "../rules/client-secrets";
import { declaredIn } from "../rules/schema";
import type { Cognito } from "../store/cognito";
import type { TableName } from "../store/store";
import type { Seed, SeedPool, SeedUser } from "./seed";

/** What becomes of each table in an export. Nothing is left out without standing here. */
export const EXPORTED: Record<TableName, "exported" | "made anew" | "of a sign-in" | "of a job"> = {
  pools: "exported",
  clients: "exported",
  groups: "exported",
  users: "exported",
  domains: "exported",
  resourceServers: "exported",
  uiCustomizations: "exported",
  terms: "exported",
  brandings: "exported",
  identityProviders: "exported",
  keys: "made anew",
  grants: "of a sign-in",
  challenges: "of a sign-in",
  messages: "of a sign-in",
  codes: "of a sign-in",
  sessions: "of a sign-in",
  importJobs: "of a job",
  federations: "of a sign-in",
};

/** What the server holds as a seed that makes the same. Signing keys, sign-ins and messages are not in it. */
export async function exported(cognito: Cognito): Promise<Seed> {
  return { UserPools: await Promise.all(cognito.pools().map((pool) => exportedPool(cognito, pool))) };
}

async function exportedPool(cognito: Cognito, pool: Pool): Promise<SeedPool> {
  const { MfaConfiguration, ...settings } = pool.settings;
  // Where factors are on, the operation that sets them says which; CreateUserPool could not.
  const Mfa = await operationNamed("GetUserPoolMfaConfig")?.run(cognito, { UserPoolId: pool.id });
  const Schema = declaredIn(pool.schema);
  return {
    Id: pool.id,
    PoolName: pool.name,
    ...settings,
    ...(Schema.length > 0 && { Schema }),
    ...(pool.usernameAttributes.length > 0 && { UsernameAttributes: pool.usernameAttributes }),
    ...(pool.aliasAttributes.length > 0 && { AliasAttributes: pool.aliasAttributes }),
    ...(pool.caseSensitive !== undefined && { UsernameConfiguration: { CaseSensitive: pool.caseSensitive } }),
    Mfa: { ...Mfa },
    Domains: cognito.domains(pool).map(exportedDomain),
    ResourceServers: cognito
      .resourceServers(pool)
      .map(({ identifier: Identifier, name: Name, scopes: Scopes }) => ({ Identifier, Name, Scopes })),
    IdentityProviders: cognito.identityProviders(pool).map(exportedProvider),
    Groups: cognito.groups(pool).map(exportedGroup),
    Clients: cognito.clients(pool).map(exportedClient),
    UICustomizations: cognito
      .uiCustomizations(pool)
      .map(({ clientId: ClientId, css, image }) => ({ ClientId, CSS: css, ImageFile: image?.data })),
    ...(pool.sessions && {
      SessionConfiguration: {
        UserSessionTracking: pool.sessions.isTracking ? "ENABLED" : "DISABLED",
        TokenSession: { MaxPerUser: pool.sessions.maxPerUser },
      },
    }),
    ...(pool.logs && { LogDelivery: { LogConfigurations: pool.logs } }),
    RiskConfigurations: (pool.risks ?? []).map(({ clientId, settings: risk }) => ({
      ClientId: clientId,
      ...risk,
    })),
    Terms: cognito.terms(pool).map(exportedTerms),
    ManagedLoginBrandings: cognito.brandings(pool).map(exportedBranding),
    Users: cognito.users(pool).map((user) => exportedUser(pool, user)),
  };
}

function exportedDomain({
  name: Domain,
  certificateArn,
  securityPolicy,
  managedLoginVersion,
}: Domain): Record<string, unknown> {
  return {
    Domain,
    ManagedLoginVersion: managedLoginVersion,
    CustomDomainConfig: certificateArn && { CertificateArn: certificateArn, SecurityPolicy: securityPolicy },
  };
}

function exportedProvider(provider: IdentityProvider): Record<string, unknown> {
  return {
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: provider.details,
    AttributeMapping: provider.mapping,
    IdpIdentifiers: provider.identifiers,
  };
}

function exportedGroup({
  name: GroupName,
  description,
  roleArn,
  precedence,
}: Group): Record<string, unknown> {
  return { GroupName, Description: description, RoleArn: roleArn, Precedence: precedence };
}

function exportedClient(client: Client) {
  const { id: ClientId, name: ClientName, settings, reuseMinutes } = client;
  const [first, second] = secretsOf(client);
  return {
    ClientId,
    ClientName,
    ...settings,
    ...(first && { ClientSecret: first.value }),
    ...(second && { SecondClientSecret: second.value }),
    ...(reuseMinutes !== undefined && { SSOSession: { MaxValidityMinutes: reuseMinutes } }),
  };
}

function exportedTerms({
  clientId: ClientId,
  name: TermsName,
  links: Links,
}: Terms): Record<string, unknown> {
  return { ClientId, TermsName, TermsSource: "LINK", Enforcement: "NONE", Links };
}

function exportedBranding({ clientId: ClientId, useDefaults, settings, assets }: Branding) {
  return useDefaults
    ? { ClientId, UseCognitoProvidedValues: true }
    : { ClientId, Settings: settings, ...(assets.length > 0 && { Assets: assets }) };
}

function exportedUser(pool: Pool, { username, attributes, mfa, ...user }: User): SeedUser {
  const { sub: Sub, ...Attributes } = attributes;
  // Where people sign in by an address, the username is the sub.
  const [address] = pool.usernameAttributes
    .map((name) => attributes[name])
    .filter((value) => value !== undefined);
  return {
    Username: username === Sub ? (address ?? username) : username,
    Sub,
    Attributes,
    Groups: user.groups,
    UserStatus: user.status,
    Enabled: user.enabled,
    ...(user.password && { PasswordHash: { ...user.password } }),
    ...(user.passkeys && user.passkeys.length > 0 && { Passkeys: user.passkeys }),
    ...(user.identities && user.identities.length > 0 && { Identities: user.identities }),
    ...(user.devices && user.devices.length > 0 && { Devices: user.devices }),
    ...(mfa?.softwareToken?.verified && { SoftwareTokenSecret: mfa.softwareToken.secret }),
    ...(mfa && mfa.enabled.length > 0 && { UserMFASettingList: mfa.enabled }),
    ...(mfa?.preferred && { PreferredMfaSetting: mfa.preferred }),
  };
}
