import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
  UpdateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { ROLE_NAMES, ROLES } from "../../lib/roles";
import { poolMessages } from "./pool-messages";
import { CUSTOM_MESSAGE_ARN, PRE_TOKEN_GENERATION_ARN } from "./triggers";

export const TENANT = "custom:tenant_id";
const READABLE = ["email", "email_verified", "phone_number", "phone_number_verified", "name", TENANT];
/**
 * Without the tenant: a user who could write it could move house. Without the phone number: whoever has an access token
 * of somebody could have their codes of the second step sent elsewhere.
 */
const WRITABLE = ["email", "name"];

export interface ProvisionOptions {
  /** Puts the tenant on the access token. Default true. */
  preTokenGeneration?: boolean;
  /** Gives the server's client a secret. Default false. */
  clientSecret?: boolean;
  /** Lifetime of the server client's access and ID tokens. Default 60. */
  accessTokenMinutes?: number;
  poolName?: string;
  /** Whether the demo users have colleagues, for what is shown. Default false. */
  colleagues?: boolean;
  /** Offers passkeys. Default true. */
  passkeys?: boolean;
  /** Where browsers find the application: what mails name, and where the Hosted UI sends them. Default port 3000. */
  appUrl?: string;
}

/** The second factors: whoever wants one. The sender of texts is named for form's sake; nothing is sent. */
export const mfaSettings = {
  MfaConfiguration: "OPTIONAL",
  SmsMfaConfiguration: {
    SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sekisho-sms", ExternalId: "sekisho" },
  },
  SoftwareTokenMfaConfiguration: { Enabled: true },
  WebAuthnConfiguration: {
    // Where browsers find whatever runs on a laptop; ports are all one to passkeys.
    RelyingPartyId: "localhost",
    UserVerification: "required",
    FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
  },
} satisfies Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">;

/** What a pool is made with once and for all. */
export const immutablePoolSettings: Omit<CreateUserPoolCommandInput, "PoolName"> = {
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
};

const DEFAULT_APP_URL = "http://localhost:3000";
/** How long the password of an invitation works; Terraform's `temporary_password_days` by default. */
const TEMPORARY_PASSWORD_DAYS = 7;

export function poolSettings({
  preTokenGeneration = true,
  passkeys = true,
  appUrl = DEFAULT_APP_URL,
}: ProvisionOptions): Omit<UpdateUserPoolCommandInput, "UserPoolId"> {
  const { invitation, verification, signInText } = poolMessages(appUrl, TEMPORARY_PASSWORD_DAYS);
  return {
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        PasswordHistorySize: 0,
        TemporaryPasswordValidityDays: TEMPORARY_PASSWORD_DAYS,
      },
      SignInPolicy: { AllowedFirstAuthFactors: passkeys ? ["PASSWORD", "WEB_AUTHN"] : ["PASSWORD"] },
    },
    AutoVerifiedAttributes: ["email"],
    // A new address counts only once it is verified: until then the old one signs in and gets the codes.
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, InviteMessageTemplate: invitation },
    VerificationMessageTemplate: verification,
    SmsAuthenticationMessage: signInText,
    UserPoolTier: "ESSENTIALS",
    // Said here as well: an update that leaves it out would turn it off.
    MfaConfiguration: mfaSettings.MfaConfiguration,
    SmsConfiguration: mfaSettings.SmsMfaConfiguration.SmsConfiguration,
    LambdaConfig: {
      CustomMessage: CUSTOM_MESSAGE_ARN,
      ...(preTokenGeneration && {
        PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: PRE_TOKEN_GENERATION_ARN },
      }),
    },
  };
}

/** Strongest first. A user of no group may only read. */
export const groups = ROLE_NAMES.toReversed().map((role, index) => ({
  GroupName: role,
  Precedence: index,
  Description: ROLES[role].description,
}));

/** The client of the application's server: sign-in with password or passkey, by signed calls only. */
export function serverClient(poolId: string, options: ProvisionOptions): CreateUserPoolClientCommandInput {
  const minutes = options.accessTokenMinutes ?? 60;
  return {
    UserPoolId: poolId,
    ClientName: "server",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
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

/** The public client of the browser redirect: authorisation code with PKCE, no password flow. */
export function webClient(
  poolId: string,
  { appUrl = DEFAULT_APP_URL }: ProvisionOptions,
): CreateUserPoolClientCommandInput {
  return {
    UserPoolId: poolId,
    // The Hosted UI shows it to whoever signs in.
    ClientName: "Sekisho",
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    ReadAttributes: READABLE,
    WriteAttributes: WRITABLE,
    SupportedIdentityProviders: ["COGNITO"],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
    CallbackURLs: [`${appUrl}/api/auth/callback/cognito`],
    LogoutURLs: [`${appUrl}/signin`],
  };
}
