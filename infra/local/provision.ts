import { existsSync, readFileSync } from "node:fs";
import type {
  CognitoIdentityProvider,
  CreateUserPoolClientCommandInput,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { localClient } from "@sekisho/local-cognito/testing";
import { DEMO_COLLEAGUES } from "./demo-colleagues";
import { ensureSecondFactors } from "./demo-second-factors";
import { DEMO_PASSWORD, DEMO_USERS, type DemoUser } from "./demo-users";
import {
  groups,
  immutablePoolSettings,
  mfaSettings,
  type ProvisionOptions,
  poolSettings,
  serverClient,
  TENANT,
  webClient,
} from "./pool-shape";

export { DEMO_PASSWORD, DEMO_USERS, localClient };

const DEFAULT_POOL_NAME = "sekisho";
/** What the web client was called before the pages showed its name: a pool of then keeps its client. */
const WEB_CLIENT_BEFORE = "web";

/** `app/icon.svg` as a picture; a product with another mark need not have one. */
const LOGO = new URL("hosted-logo.png", import.meta.url);
/** As large as on our own pages. */
const LOGO_STYLE = ".logo-customizable { max-height: 1.5rem; }";

/** The environment of an application that is to use the pool. */
export interface PoolEnvironment {
  AWS_REGION: string;
  COGNITO_USER_POOL_ID: string;
  COGNITO_APP_CLIENT_ID: string;
  COGNITO_APP_CLIENT_SECRET?: string;
  COGNITO_WEB_CLIENT_ID: string;
  /** Where the Hosted UI is. On AWS the pool's domain; here the same server as everything else. */
  COGNITO_DOMAIN: string;
  COGNITO_ENDPOINT: string;
  COGNITO_ISSUER: string;
  COGNITO_JWKS_URL: string;
}

/**
 * Makes the pool, its clients, groups and demo users on a local Cognito, through its public API alone.
 * What is there already stays; pool and client settings are brought to what the options say.
 */
export async function provision(endpoint: string, options: ProvisionOptions = {}): Promise<PoolEnvironment> {
  const cognito = localClient(endpoint);
  try {
    const poolId = await ensurePool(cognito, options);
    const [server, web] = await Promise.all([
      ensureClient(cognito, serverClient(poolId, options), options.clientSecret ?? false),
      ensureClient(cognito, webClient(poolId, options), false, WEB_CLIENT_BEFORE),
      ensureGroups(cognito, poolId),
      ensureDomain(cognito, poolId, options.poolName),
    ]);
    await Promise.all([
      showLogo(cognito, poolId, known(web.ClientId)),
      ensureUsers(cognito, poolId, options.colleagues ? [...DEMO_USERS, ...DEMO_COLLEAGUES] : DEMO_USERS),
    ]);
    await ensureSecondFactors(cognito, server);
    const address = endpoint.replace("//localhost:", "//127.0.0.1:").replace(/\/$/, "");
    const issuer = `${address}/${poolId}`;
    return {
      AWS_REGION: poolId.split("_")[0] ?? "",
      COGNITO_USER_POOL_ID: poolId,
      COGNITO_APP_CLIENT_ID: known(server.ClientId),
      ...(server.ClientSecret && { COGNITO_APP_CLIENT_SECRET: server.ClientSecret }),
      COGNITO_WEB_CLIENT_ID: known(web.ClientId),
      COGNITO_DOMAIN: address,
      COGNITO_ENDPOINT: endpoint,
      COGNITO_ISSUER: issuer,
      COGNITO_JWKS_URL: `${issuer}/.well-known/jwks.json`,
    };
  } finally {
    cognito.destroy();
  }
}

/** The id of the first pool of this name, or undefined. */
export async function findPool(cognito: CognitoIdentityProvider, name: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const listed = await cognito.listUserPools({ MaxResults: 60, ...(NextToken && { NextToken }) });
    const found = listed.UserPools?.find((pool) => pool.Name === name);
    if (found) return found.Id;
    NextToken = listed.NextToken;
  } while (NextToken);
  return undefined;
}

async function ensurePool(cognito: CognitoIdentityProvider, options: ProvisionOptions): Promise<string> {
  const { poolName = DEFAULT_POOL_NAME } = options;
  const settings = poolSettings(options);
  let UserPoolId = await findPool(cognito, poolName);
  if (UserPoolId) {
    await cognito.updateUserPool({ UserPoolId, ...settings });
  } else {
    const made = { ...settings, ...immutablePoolSettings, PoolName: poolName };
    const { UserPool } = await cognito.createUserPool(made);
    UserPoolId = known(UserPool?.Id);
  }
  await cognito.setUserPoolMfaConfig({ UserPoolId, ...mfaSettings });
  return UserPoolId;
}

/** A client is made anew only when it would have to gain or lose its secret, which no update can do. */
async function ensureClient(
  cognito: CognitoIdentityProvider,
  wanted: CreateUserPoolClientCommandInput,
  withSecret: boolean,
  nameBefore?: string,
): Promise<UserPoolClientType> {
  const { UserPoolId, ClientName } = wanted;
  const { UserPoolClients = [] } = await cognito.listUserPoolClients({ UserPoolId, MaxResults: 60 });
  const names = [ClientName, nameBefore];
  for (const { ClientId } of UserPoolClients.filter((client) => names.includes(client.ClientName ?? ""))) {
    const { UserPoolClient } = await cognito.describeUserPoolClient({ UserPoolId, ClientId });
    if (Boolean(UserPoolClient?.ClientSecret) !== withSecret) continue;
    const updated = await cognito.updateUserPoolClient({
      ...wanted,
      ClientId,
      ...withProviders(wanted, UserPoolClient?.SupportedIdentityProviders),
    });
    return known(updated.UserPoolClient);
  }
  const created = await cognito.createUserPoolClient({ ...wanted, GenerateSecret: withSecret });
  return known(created.UserPoolClient);
}

/** The application adds tenants' providers of single sign-on to the web client, and a restart leaves them there. */
function withProviders(
  { SupportedIdentityProviders: wanted }: CreateUserPoolClientCommandInput,
  before: string[] = [],
): Pick<CreateUserPoolClientCommandInput, "SupportedIdentityProviders"> {
  return wanted ? { SupportedIdentityProviders: [...new Set([...wanted, ...before])] } : {};
}

async function ensureGroups(cognito: CognitoIdentityProvider, UserPoolId: string): Promise<void> {
  await Promise.all(
    groups.map((group) => unlessThere("GroupExistsException", cognito.createGroup({ UserPoolId, ...group }))),
  );
}

async function showLogo(
  cognito: CognitoIdentityProvider,
  UserPoolId: string,
  ClientId: string,
): Promise<void> {
  if (!existsSync(LOGO)) return;
  await cognito.setUICustomization({ UserPoolId, ClientId, ImageFile: readFileSync(LOGO), CSS: LOGO_STYLE });
}

/** The name that the Hosted UI would have on AWS: without one there is none. */
async function ensureDomain(
  cognito: CognitoIdentityProvider,
  UserPoolId: string,
  poolName = DEFAULT_POOL_NAME,
): Promise<void> {
  const Domain = poolName.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const { DomainDescription } = await cognito.describeUserPoolDomain({ Domain });
  if (DomainDescription?.UserPoolId === undefined) {
    await cognito.createUserPoolDomain({ UserPoolId, Domain });
  }
}

async function ensureUsers(
  cognito: CognitoIdentityProvider,
  UserPoolId: string,
  users: (DemoUser & { isDisabled?: true })[],
): Promise<void> {
  await Promise.all(
    users.map(async (user) => {
      const Filter = `email = "${user.email}"`;
      const { Users } = await cognito.listUsers({ UserPoolId, Filter, Limit: 1 });
      const status = Users?.[0]?.UserStatus;
      if (status === undefined) await createUser(cognito, UserPoolId, user);
      // A start that was killed half-way left somebody without a password, an older pool without the group of today.
      await joinGroups(cognito, UserPoolId, user);
      const isUnfinished = status === undefined || status === "FORCE_CHANGE_PASSWORD";
      if (!isUnfinished || user.mustChoosePassword) return;
      const password = { Password: DEMO_PASSWORD, Permanent: true };
      await cognito.adminSetUserPassword({ UserPoolId, Username: user.email, ...password });
      if (user.isDisabled) await cognito.adminDisableUser({ UserPoolId, Username: user.email });
    }),
  );
}

async function createUser(
  cognito: CognitoIdentityProvider,
  UserPoolId: string,
  { email, name, tenant, phone }: DemoUser,
): Promise<void> {
  const attributes = {
    email,
    email_verified: "true",
    ...(name && { name }),
    ...(tenant && { [TENANT]: tenant }),
    ...(phone && { phone_number: phone, phone_number_verified: "true" }),
  };
  const creation = cognito.adminCreateUser({
    UserPoolId,
    Username: email,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    TemporaryPassword: DEMO_PASSWORD,
    MessageAction: "SUPPRESS",
  });
  await unlessThere("UsernameExistsException", creation);
}

async function joinGroups(
  cognito: CognitoIdentityProvider,
  UserPoolId: string,
  { email: Username, groups: names }: DemoUser,
): Promise<void> {
  const { Groups = [] } = await cognito.adminListGroupsForUser({ UserPoolId, Username });
  // Whose role was changed since is left as they are.
  if (Groups.length > 0) return;
  for (const GroupName of names) await cognito.adminAddUserToGroup({ UserPoolId, Username, GroupName });
}

/** The result, or undefined when another process was faster. */
async function unlessThere<T>(exception: string, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error && error.name === exception) return undefined;
    throw error;
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The local Cognito answered without an id.");
  return value;
}
