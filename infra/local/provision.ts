import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { DEMO_PASSWORD, DEMO_USERS, type DemoUser } from "./demo-users";
import { PRE_TOKEN_GENERATION_ARN } from "./triggers";

export { DEMO_PASSWORD, DEMO_USERS };

const REGION = "ap-northeast-1";
const TENANT = "custom:tenant_id";
const READABLE = ["email", "email_verified", "phone_number", "phone_number_verified", "name", TENANT];
/** Without the tenant: a user who could write it could move house. */
const WRITABLE = ["email", "phone_number", "name"];

export interface ProvisionOptions {
  /** Puts the tenant on the access token. Default true. */
  preTokenGeneration?: boolean;
  /** Gives the server's client a secret. Default false. */
  clientSecret?: boolean;
  /** Lifetime of the server client's access and ID tokens. Default 60. */
  accessTokenMinutes?: number;
  poolName?: string;
  webCallbackUrl?: string;
  webLogoutUrl?: string;
}

/** The environment of an application that is to use the pool. */
export interface PoolEnvironment {
  AWS_REGION: string;
  COGNITO_USER_POOL_ID: string;
  COGNITO_APP_CLIENT_ID: string;
  COGNITO_APP_CLIENT_SECRET?: string;
  COGNITO_WEB_CLIENT_ID: string;
  COGNITO_ENDPOINT: string;
  COGNITO_ISSUER: string;
  COGNITO_JWKS_URL: string;
}

/** A client of a local Cognito. The credentials are checked nowhere, but a request without any is refused. */
export function localClient(endpoint: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
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
      ensureClient(cognito, webClient(poolId, options), false),
      ensureGroups(cognito, poolId),
    ]);
    await ensureUsers(cognito, poolId);
    const issuer = `${endpoint.replace("//localhost:", "//127.0.0.1:").replace(/\/$/, "")}/${poolId}`;
    return {
      AWS_REGION: REGION,
      COGNITO_USER_POOL_ID: poolId,
      COGNITO_APP_CLIENT_ID: known(server.ClientId),
      ...(server.ClientSecret && { COGNITO_APP_CLIENT_SECRET: server.ClientSecret }),
      COGNITO_WEB_CLIENT_ID: known(web.ClientId),
      COGNITO_ENDPOINT: endpoint,
      COGNITO_ISSUER: issuer,
      COGNITO_JWKS_URL: `${issuer}/.well-known/jwks.json`,
    };
  } finally {
    cognito.destroy();
  }
}

/** The id of the first pool of this name, or undefined. */
export async function findPool(
  cognito: CognitoIdentityProviderClient,
  name: string,
): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const listed = await cognito.send(
      new ListUserPoolsCommand({ MaxResults: 60, ...(NextToken && { NextToken }) }),
    );
    const found = listed.UserPools?.find((pool) => pool.Name === name);
    if (found) return found.Id;
    NextToken = listed.NextToken;
  } while (NextToken);
  return undefined;
}

async function ensurePool(
  cognito: CognitoIdentityProviderClient,
  { poolName = "sekisho", preTokenGeneration = true }: ProvisionOptions,
): Promise<string> {
  const settings: Omit<UpdateUserPoolCommandInput, "UserPoolId"> = {
    AutoVerifiedAttributes: ["email"],
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UserPoolTier: "ESSENTIALS",
    LambdaConfig: preTokenGeneration
      ? { PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: PRE_TOKEN_GENERATION_ARN } }
      : {},
  };
  const existing = await findPool(cognito, poolName);
  if (existing) {
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId: existing, ...settings }));
    return existing;
  }
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      ...settings,
      PoolName: poolName,
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [
        { Name: "email", AttributeDataType: "String", Required: true, Mutable: true },
        {
          Name: "tenant_id",
          AttributeDataType: "String",
          Mutable: true,
          StringAttributeConstraints: { MinLength: "1", MaxLength: "64" },
        },
      ],
    }),
  );
  return known(UserPool?.Id);
}

function serverClient(poolId: string, options: ProvisionOptions): CreateUserPoolClientCommandInput {
  const minutes = options.accessTokenMinutes ?? 60;
  return {
    UserPoolId: poolId,
    ClientName: "server",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    ReadAttributes: READABLE,
    WriteAttributes: WRITABLE,
    AccessTokenValidity: minutes,
    IdTokenValidity: minutes,
    RefreshTokenValidity: 30,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "days" },
  };
}

function webClient(poolId: string, options: ProvisionOptions): CreateUserPoolClientCommandInput {
  return {
    UserPoolId: poolId,
    ClientName: "web",
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    ReadAttributes: READABLE,
    WriteAttributes: WRITABLE,
    SupportedIdentityProviders: ["COGNITO"],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
    CallbackURLs: [options.webCallbackUrl ?? "http://localhost:3000/api/auth/callback/cognito"],
    LogoutURLs: [options.webLogoutUrl ?? "http://localhost:3000/signin"],
  };
}

/** A client is made anew only when it would have to gain or lose its secret, which no update can do. */
async function ensureClient(
  cognito: CognitoIdentityProviderClient,
  wanted: CreateUserPoolClientCommandInput,
  withSecret: boolean,
): Promise<UserPoolClientType> {
  const { UserPoolId, ClientName } = wanted;
  const listed = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  for (const { ClientId } of (listed.UserPoolClients ?? []).filter(
    (client) => client.ClientName === ClientName,
  )) {
    const { UserPoolClient } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    if (Boolean(UserPoolClient?.ClientSecret) !== withSecret) continue;
    const updated = await cognito.send(new UpdateUserPoolClientCommand({ ...wanted, ClientId }));
    return known(updated.UserPoolClient);
  }
  const created = await cognito.send(
    new CreateUserPoolClientCommand({ ...wanted, GenerateSecret: withSecret }),
  );
  return known(created.UserPoolClient);
}

async function ensureGroups(cognito: CognitoIdentityProviderClient, UserPoolId: string): Promise<void> {
  const groups = [
    { GroupName: "operator", Precedence: 0, Description: "The platform's own staff" },
    { GroupName: "admin", Precedence: 1, Description: "Manages the members of their tenant" },
    { GroupName: "viewer", Precedence: 2, Description: "Reads and changes nothing" },
  ];
  await Promise.all(
    groups.map((group) =>
      unlessThere("GroupExistsException", cognito.send(new CreateGroupCommand({ UserPoolId, ...group }))),
    ),
  );
}

async function ensureUsers(cognito: CognitoIdentityProviderClient, UserPoolId: string): Promise<void> {
  await Promise.all(
    DEMO_USERS.map(async (user) => {
      const Filter = `email = "${user.email}"`;
      const { Users } = await cognito.send(new ListUsersCommand({ UserPoolId, Filter, Limit: 1 }));
      if (!Users?.length) await createUser(cognito, UserPoolId, user);
    }),
  );
}

async function createUser(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  user: DemoUser,
): Promise<void> {
  const Username = user.email;
  const attributes: AttributeType[] = [
    { Name: "email", Value: user.email },
    { Name: "email_verified", Value: "true" },
  ];
  if (user.tenant) attributes.push({ Name: TENANT, Value: user.tenant });
  if (user.phone) {
    attributes.push(
      { Name: "phone_number", Value: user.phone },
      { Name: "phone_number_verified", Value: "true" },
    );
  }
  const created = await unlessThere(
    "UsernameExistsException",
    cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        UserAttributes: attributes,
        TemporaryPassword: DEMO_PASSWORD,
        MessageAction: "SUPPRESS",
      }),
    ),
  );
  if (!created) return;
  for (const GroupName of user.groups) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  if (!user.mustChoosePassword) {
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: DEMO_PASSWORD, Permanent: true }),
    );
  }
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
