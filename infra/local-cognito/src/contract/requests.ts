import { oidc } from "./federated";
import { createClient, createPool, createUser, given, newDomain, PASSWORD, signIn, tokensOf } from "./pool";
import type { Target } from "./target";

/** One good request of every operation that the contract knows, for a pool that has one of everything. */
export interface SampleRequest {
  /** Whether the call carries AWS credentials. */
  signed: boolean;
  body: Record<string, unknown>;
}

/** A provider where nobody is. */
const OFF = "http://127.0.0.1:9";

/** Of the sample client. */
export const CALLBACK = "https://app.example/callback";

export async function sampleRequests(target: Target): Promise<Record<string, SampleRequest>> {
  const { sdk } = target;
  const UserPoolId = await createPool(target, {
    UserPoolTier: "PLUS",
    UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
  });
  const { UserPool } = await sdk.describeUserPool({ UserPoolId });
  const ResourceArn = given(UserPool?.Arn);
  const oauth = {
    AllowedOAuthFlows: ["code" as const],
    AllowedOAuthScopes: ["openid"],
    AllowedOAuthFlowsUserPoolClient: true,
    CallbackURLs: [CALLBACK],
  };
  const { id: ClientId } = await createClient(target, UserPoolId, oauth);
  const { email: Username } = await createUser(target, UserPoolId);
  const { email: newcomer } = await createUser(target, UserPoolId, { temporary: true });
  const GroupName = "staff";
  const Identifier = "https://items.example";
  const Domain = newDomain();
  await sdk.createGroup({ UserPoolId, GroupName });
  await sdk.createResourceServer({ UserPoolId, Identifier, Name: "Items", Scopes: [] });
  await sdk.createUserPoolDomain({ UserPoolId, Domain });
  const TokenSession = { MaxPerUser: 20 };
  await sdk.setUserPoolSessionConfiguration({ UserPoolId, UserSessionTracking: "ENABLED", TokenSession });
  const { id: confidential } = await createClient(target, UserPoolId, { GenerateSecret: true });
  const Links = { "cognito:default": "https://acme.example/terms" };
  const terms = { TermsSource: "LINK" as const, Enforcement: "NONE" as const, Links };
  const { Terms } = await sdk.createTerms({ UserPoolId, ClientId, TermsName: "terms-of-use", ...terms });
  const Settings = { components: {} };
  const { ManagedLoginBranding } = await sdk.createManagedLoginBranding({ UserPoolId, ClientId, Settings });
  const CloudWatchLogsRoleArn = "arn:aws:iam::000000000000:role/import";
  const importing = { UserPoolId, JobName: "people", CloudWatchLogsRoleArn };
  const { UserImportJob } = await sdk.createUserImportJob(importing);
  const DeviceKey = "eu-west-1_0b8a2f6e-5c3d-4b1a-9e7f-112233445566";
  const SessionId = "tkn0123456789abcdefghijklmno";
  const { AccessToken, RefreshToken } = tokensOf(await signIn(target, UserPoolId, ClientId, Username));
  const Session = given((await signIn(target, UserPoolId, ClientId, newcomer)).Session);
  await sdk.createIdentityProvider({ UserPoolId, ...oidc("Okta", OFF), IdpIdentifiers: ["acme.example"] });
  const provider = { UserPoolId, ProviderName: "Okta" };
  const atOkta = {
    ProviderName: "Okta",
    ProviderAttributeName: "Cognito_Subject",
    ProviderAttributeValue: "00u1",
  };
  const local = { ProviderName: "Cognito", ProviderAttributeValue: Username };
  const AuthParameters = { USERNAME: Username, PASSWORD };
  const UserAttributes = [{ Name: "name", Value: "Bob" }];
  const ChallengeResponses = { USERNAME: newcomer, NEW_PASSWORD: PASSWORD };
  const challenge = { ClientId, ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses };
  const Scopes = [{ ScopeName: "read", ScopeDescription: "Read items" }];
  const user = { UserPoolId, Username };
  const group = { UserPoolId, GroupName };
  const client = { UserPoolId, ClientId };
  const job = { UserPoolId, JobId: UserImportJob?.JobId };
  const ManagedLoginBrandingId = ManagedLoginBranding?.ManagedLoginBrandingId;
  const policy = { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, RequireSymbols: true } };
  const Schema = [
    { Name: "plan", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "8" } },
  ];
  const preferences = { SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false } };
  const mfa = { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } };

  const signed = {
    ListUserPools: { MaxResults: 10 },
    CreateUserPool: { PoolName: "sample", Policies: policy, Schema },
    DescribeUserPool: { UserPoolId },
    UpdateUserPool: { UserPoolId, Policies: policy, UserPoolTags: { team: "items" } },
    DeleteUserPool: { UserPoolId },
    TagResource: { ResourceArn, Tags: { team: "items" } },
    UntagResource: { ResourceArn, TagKeys: ["team"] },
    ListTagsForResource: { ResourceArn },
    AddCustomAttributes: { UserPoolId, CustomAttributes: Schema },
    SetUserPoolSessionConfiguration: { UserPoolId, UserSessionTracking: "ENABLED", TokenSession },
    GetUserPoolSessionConfiguration: { UserPoolId },
    SetUserPoolClientSessionConfiguration: { ...client, SSOSession: { MaxValidityMinutes: 60 } },
    GetUserPoolClientSessionConfiguration: client,
    SetLogDeliveryConfiguration: { UserPoolId, LogConfigurations: [] },
    GetLogDeliveryConfiguration: { UserPoolId },
    AddUserPoolClientSecret: { UserPoolId, ClientId: confidential },
    ListUserPoolClientSecrets: { UserPoolId, ClientId: confidential },
    DeleteUserPoolClientSecret: { UserPoolId, ClientId: confidential, ClientSecretId: `${confidential}--1` },
    CreateTerms: { ...client, TermsName: "privacy-policy", ...terms },
    DescribeTerms: { UserPoolId, TermsId: Terms?.TermsId },
    DescribeTermsByClient: { ...client, TermsName: "terms-of-use" },
    UpdateTerms: { UserPoolId, TermsId: Terms?.TermsId, ...terms },
    DeleteTerms: { UserPoolId, TermsId: Terms?.TermsId },
    ListTerms: { UserPoolId, MaxResults: 10 },
    CreateManagedLoginBranding: { UserPoolId, ClientId: confidential, Settings },
    DescribeManagedLoginBranding: { UserPoolId, ManagedLoginBrandingId },
    DescribeManagedLoginBrandingByClient: client,
    UpdateManagedLoginBranding: { UserPoolId, ManagedLoginBrandingId, Settings },
    DeleteManagedLoginBranding: { UserPoolId, ManagedLoginBrandingId },
    GetCSVHeader: { UserPoolId },
    CreateUserImportJob: importing,
    DescribeUserImportJob: job,
    ListUserImportJobs: { UserPoolId, MaxResults: 10 },
    StartUserImportJob: job,
    StopUserImportJob: job,
    SetRiskConfiguration: {
      ...client,
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ["SIGN_UP"],
        Actions: { EventAction: "BLOCK" },
      },
    },
    DescribeRiskConfiguration: client,
    SetUserPoolMfaConfig: { UserPoolId, ...mfa },
    GetUserPoolMfaConfig: { UserPoolId },
    CreateUserPoolClient: { UserPoolId, ClientName: "sample", ...oauth },
    DescribeUserPoolClient: client,
    UpdateUserPoolClient: {
      ...client,
      ...oauth,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
    DeleteUserPoolClient: client,
    ListUserPoolClients: { UserPoolId, MaxResults: 10 },
    CreateUserPoolDomain: { UserPoolId, Domain: `${Domain}-two` },
    DescribeUserPoolDomain: { Domain },
    UpdateUserPoolDomain: { UserPoolId, Domain, ManagedLoginVersion: 1 },
    DeleteUserPoolDomain: { UserPoolId, Domain },
    CreateResourceServer: { UserPoolId, Identifier: "orders", Name: "Orders", Scopes },
    DescribeResourceServer: { UserPoolId, Identifier },
    UpdateResourceServer: { UserPoolId, Identifier, Name: "Items", Scopes },
    DeleteResourceServer: { UserPoolId, Identifier },
    ListResourceServers: { UserPoolId, MaxResults: 10 },
    SetUICustomization: { ...client, CSS: ".logo-customizable { max-width: 60% }" },
    GetUICustomization: client,
    CreateIdentityProvider: { UserPoolId, ...oidc("Azure", OFF) },
    DescribeIdentityProvider: provider,
    UpdateIdentityProvider: { ...provider, AttributeMapping: { name: "name" } },
    DeleteIdentityProvider: provider,
    GetIdentityProviderByIdentifier: { UserPoolId, IdpIdentifier: "acme.example" },
    ListIdentityProviders: { UserPoolId, MaxResults: 10 },
    AdminLinkProviderForUser: { UserPoolId, DestinationUser: local, SourceUser: atOkta },
    AdminDisableProviderForUser: { UserPoolId, User: local },
    CreateGroup: { UserPoolId, GroupName: "readers", Description: "They read", Precedence: 3 },
    GetGroup: group,
    UpdateGroup: { ...group, Precedence: 1 },
    DeleteGroup: group,
    ListGroups: { UserPoolId, Limit: 10 },
    AdminAddUserToGroup: { ...user, GroupName },
    AdminRemoveUserFromGroup: { ...user, GroupName },
    AdminListGroupsForUser: { ...user, Limit: 10 },
    ListUsersInGroup: { ...group, Limit: 10 },
    AdminCreateUser: {
      UserPoolId,
      Username: "sample@acme.example",
      MessageAction: "SUPPRESS",
      UserAttributes,
    },
    AdminGetUser: user,
    ListUsers: { UserPoolId, Filter: `email = "${Username}"`, Limit: 10, AttributesToGet: ["email"] },
    AdminUpdateUserAttributes: { ...user, UserAttributes },
    AdminDeleteUserAttributes: { ...user, UserAttributeNames: ["name"] },
    AdminSetUserPassword: { ...user, Password: PASSWORD, Permanent: true },
    AdminResetUserPassword: user,
    AdminDisableUser: user,
    AdminEnableUser: user,
    AdminDeleteUser: user,
    AdminConfirmSignUp: user,
    AdminDeleteSoftwareToken: user,
    AdminSetUserMFAPreference: { ...user, ...preferences },
    AdminListDevices: { ...user, Limit: 10 },
    AdminGetDevice: { ...user, DeviceKey },
    AdminUpdateDeviceStatus: { ...user, DeviceKey, DeviceRememberedStatus: "remembered" },
    AdminForgetDevice: { ...user, DeviceKey },
    AdminSetUserSettings: { ...user, MFAOptions: [] },
    AdminListUserSessions: user,
    AdminRevokeUserSession: { ...user, SessionId },
    AdminUserGlobalSignOut: user,
    AdminGetUserAuthFactors: user,
    AdminInitiateAuth: { ...client, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters },
    AdminRespondToAuthChallenge: { UserPoolId, ...challenge },
  };
  const unsigned = {
    InitiateAuth: { ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters },
    RespondToAuthChallenge: challenge,
    GetTokensFromRefreshToken: { ClientId, RefreshToken },
    RevokeToken: { ClientId, Token: RefreshToken },
    GlobalSignOut: { AccessToken },
    GetUser: { AccessToken },
    DeleteUser: { AccessToken },
    ChangePassword: { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: PASSWORD },
    UpdateUserAttributes: { AccessToken, UserAttributes },
    DeleteUserAttributes: { AccessToken, UserAttributeNames: ["name"] },
    GetUserAttributeVerificationCode: { AccessToken, AttributeName: "email" },
    VerifyUserAttribute: { AccessToken, AttributeName: "email", Code: "123456" },
    GetClientToken: { ClientId, Secret: "x".repeat(52) },
    ListDevices: { AccessToken, Limit: 10 },
    GetDevice: { AccessToken, DeviceKey },
    UpdateDeviceStatus: { AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" },
    ForgetDevice: { AccessToken, DeviceKey },
    ConfirmDevice: {
      AccessToken,
      DeviceKey,
      DeviceSecretVerifierConfig: { PasswordVerifier: "c2FsdA==", Salt: "c2FsdA==" },
    },
    ListUserSessions: { AccessToken },
    RevokeUserSession: { AccessToken, SessionId },
    SetUserSettings: { AccessToken, MFAOptions: [] },
    SetUserMFAPreference: { AccessToken, ...preferences },
    AssociateSoftwareToken: { AccessToken },
    VerifySoftwareToken: { AccessToken, UserCode: "123456", FriendlyDeviceName: "Phone" },
    StartWebAuthnRegistration: { AccessToken },
    CompleteWebAuthnRegistration: { AccessToken, Credential: { id: "AA", rawId: "AA", type: "public-key" } },
    ListWebAuthnCredentials: { AccessToken, MaxResults: 10 },
    DeleteWebAuthnCredential: { AccessToken, CredentialId: "AA" },
    GetUserAuthFactors: { AccessToken },
    SignUp: { ClientId, Username: "sample@acme.example", Password: PASSWORD, UserAttributes },
    ConfirmSignUp: { ClientId, Username, ConfirmationCode: "123456" },
    ResendConfirmationCode: { ClientId, Username },
    ForgotPassword: { ClientId, Username },
    ConfirmForgotPassword: { ClientId, Username, ConfirmationCode: "123456", Password: PASSWORD },
  };
  const marked = (bodies: Record<string, Record<string, unknown>>, isSigned: boolean) =>
    Object.entries(bodies).map(([name, body]): [string, SampleRequest] => [name, { signed: isSigned, body }]);
  return Object.fromEntries([...marked(signed, true), ...marked(unsigned, false)]);
}

/** What the wire gave: below the SDK, which would not send most of what is tried here. */
export interface Answered {
  status: number;
  /** The exception's name; absent in a success. */
  type?: string;
  body: Record<string, unknown>;
  headers: Headers;
}

/** A header that says the call is signed. AWS would check it, and refuse it as an unknown key. */
const SIGNATURE =
  "AWS4-HMAC-SHA256 Credential=local/20250101/ap-northeast-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00";

export async function send(
  { endpoint }: Pick<Target, "endpoint">,
  operation: string,
  body: object | string | Uint8Array<ArrayBuffer> | undefined,
  options: { signed?: boolean; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Answered> {
  const response = await fetch(`${endpoint}/`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      ...(options.signed !== false && { authorization: SIGNATURE }),
      ...options.headers,
    },
    body: typeof body === "string" || body instanceof Uint8Array ? new Blob([body]) : JSON.stringify(body),
    ...(options.signal && { signal: options.signal }),
  });
  const text = await response.text();
  const parsed = text ? (JSON.parse(text) as Record<string, unknown>) : {};
  const type = typeof parsed.__type === "string" ? parsed.__type : undefined;
  return { status: response.status, headers: response.headers, body: parsed, ...(type && { type }) };
}
