import { z } from "zod";
import { notHonoured } from "./not-honoured";
import { arn, emailConfiguration, smsConfiguration, tags } from "./sending";

/** Where pools are unless said otherwise: the first part of their ids. */
export const DEFAULT_REGION = "ap-northeast-1";

const passwordPolicy = z.object({
  MinimumLength: z.number().int().min(6).max(99).default(8),
  RequireUppercase: z.boolean().default(false),
  RequireLowercase: z.boolean().default(false),
  RequireNumbers: z.boolean().default(false),
  RequireSymbols: z.boolean().default(false),
  PasswordHistorySize: z.number().int().min(0).max(24).optional(),
  TemporaryPasswordValidityDays: z.number().int().min(0).max(365).default(7),
});

const signInPolicy = z
  .object({
    AllowedFirstAuthFactors: z
      .array(z.enum(["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]))
      .min(1)
      .max(4)
      .optional(),
  })
  .optional();

/** Passkeys of a pool (SetUserPoolMfaConfig). */
export const webAuthnConfiguration = z.object({
  RelyingPartyId: z.string().min(1).max(127).optional(),
  UserVerification: z.enum(["required", "preferred"]).optional(),
  FactorConfiguration: z.enum(["SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"]).optional(),
});

/** CreateUserPool without a password policy gets this one (AWS: "Adding user pool password requirements"). */
const defaultPasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

/** A message in which the code has a place; an invitation has one for the name, too. */
export const withCode = (most: number) =>
  z
    .string()
    .min(6)
    .max(most)
    .regex(/\{####\}/);
const invitation = (most: number) => withCode(most).regex(/\{username\}/);

const versionOne = z.object({ LambdaVersion: z.enum(["V1_0"]), LambdaArn: arn });

/** Every trigger that there is; one of another name is refused by that name. */
export const lambdaConfig = z.looseObject({
  PreSignUp: arn.optional(),
  PostConfirmation: arn.optional(),
  PreAuthentication: arn.optional(),
  PostAuthentication: arn.optional(),
  CustomMessage: arn.optional(),
  DefineAuthChallenge: arn.optional(),
  CreateAuthChallenge: arn.optional(),
  VerifyAuthChallengeResponse: arn.optional(),
  UserMigration: arn.optional(),
  PreTokenGeneration: arn.optional(),
  PreTokenGenerationConfig: z
    .object({ LambdaVersion: z.enum(["V1_0", "V2_0", "V3_0"]), LambdaArn: arn })
    .optional(),
  CustomEmailSender: versionOne.optional(),
  CustomSMSSender: versionOne.optional(),
  KMSKeyID: arn.optional(),
  InboundFederation: versionOne.optional(),
});

/**
 * What UpdateUserPool may change. What an update leaves out returns to its default, as in real Cognito;
 * the tags alone stay.
 */
export const poolSettings = z.object({
  Policies: z
    .object({ PasswordPolicy: passwordPolicy.default(defaultPasswordPolicy), SignInPolicy: signInPolicy })
    .default({ PasswordPolicy: defaultPasswordPolicy }),
  DeletionProtection: z.enum(["ACTIVE", "INACTIVE"]).default("INACTIVE"),
  LambdaConfig: lambdaConfig.default({}),
  AutoVerifiedAttributes: z.array(z.enum(["phone_number", "email"])).optional(),
  MfaConfiguration: z.enum(["OFF", "ON", "OPTIONAL"]).default("OFF"),
  AdminCreateUserConfig: z
    .object({
      AllowAdminCreateUserOnly: z.boolean().default(false),
      UnusedAccountValidityDays: z.number().int().min(0).max(365).optional(),
      InviteMessageTemplate: z
        .object({
          SMSMessage: invitation(140).optional(),
          EmailMessage: invitation(20_000).optional(),
          EmailSubject: z.string().min(1).max(140).optional(),
        })
        .optional(),
    })
    .default({ AllowAdminCreateUserOnly: false }),
  UserPoolTier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("ESSENTIALS"),
  UserPoolTags: tags.optional(),
  SmsVerificationMessage: withCode(140).optional(),
  EmailVerificationMessage: withCode(20_000).optional(),
  EmailVerificationSubject: z.string().min(1).max(140).optional(),
  SmsAuthenticationMessage: withCode(140).optional(),
  VerificationMessageTemplate: z
    .object({
      SmsMessage: withCode(140).optional(),
      EmailMessage: withCode(20_000).optional(),
      EmailSubject: z.string().min(1).max(140).optional(),
      EmailMessageByLink: z.string().min(6).max(20_000).optional(),
      EmailSubjectByLink: z.string().min(1).max(140).optional(),
      DefaultEmailOption: z.enum(["CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"]).optional(),
    })
    .optional(),
  UserAttributeUpdateSettings: z
    .object({
      AttributesRequireVerificationBeforeUpdate: z.array(z.enum(["phone_number", "email"])).optional(),
    })
    .optional(),
  DeviceConfiguration: z
    .object({
      ChallengeRequiredOnNewDevice: z.boolean().optional(),
      DeviceOnlyRememberedOnUserPrompt: z.boolean().optional(),
    })
    .optional(),
  EmailConfiguration: emailConfiguration.optional(),
  SmsConfiguration: smsConfiguration.optional(),
  UserPoolAddOns: z
    .object({
      AdvancedSecurityMode: z.enum(["OFF", "AUDIT", "ENFORCED"]),
      AdvancedSecurityAdditionalFlows: notHonoured(
        "threat protection of custom authentication (AdvancedSecurityAdditionalFlows)",
        z.strictObject({}),
      ),
    })
    .optional(),
  KeyConfiguration: notHonoured("keys of one's own", z.strictObject({ KeyType: z.literal("AWS_OWNED_KEY") })),
  IssuerConfiguration: notHonoured("the updated issuer", z.strictObject({ Type: z.literal("ORIGINAL") })),
  AcrConfiguration: notHonoured("names of authentication context classes", z.strictObject({})),
  DcrConfiguration: notHonoured(
    "dynamic client registration",
    z.looseObject({ EnableStatus: z.literal("Disabled") }),
  ),
  AccountRecoverySetting: z
    .object({
      RecoveryMechanisms: z
        .array(
          z.object({
            Priority: z.number().int().min(1).max(2),
            Name: z.enum(["verified_email", "verified_phone_number", "admin_only"]),
          }),
        )
        .min(1)
        .max(2)
        .optional(),
    })
    .optional(),
});
export type PoolSettings = z.output<typeof poolSettings>;

/** An attribute of the pool's schema, under its full name ("email", "custom:tenant_id"). */
export interface SchemaAttribute {
  Name: string;
  AttributeDataType: "String" | "Number" | "DateTime" | "Boolean";
  DeveloperOnlyAttribute: boolean;
  Mutable: boolean;
  Required: boolean;
  StringAttributeConstraints?: { MinLength?: string | undefined; MaxLength?: string | undefined } | undefined;
  NumberAttributeConstraints?: { MinValue?: string | undefined; MaxValue?: string | undefined } | undefined;
}

export interface Pool {
  id: string;
  name: string;
  /** Milliseconds since the epoch, as every time in the store. */
  createdAt: number;
  modifiedAt: number;
  schema: SchemaAttribute[];
  /** ["email"]: people sign in with their e-mail and the username is the sub. Empty: a username of its own. */
  usernameAttributes: ("email" | "phone_number")[];
  aliasAttributes: ("email" | "phone_number" | "preferred_username")[];
  /** Undefined means never said, which Cognito treats as case-sensitive. */
  caseSensitive?: boolean | undefined;
  settings: PoolSettings;
  /** The second factors on offer (SetUserPoolMfaConfig). They count while MfaConfiguration is not OFF. */
  factors?: PoolFactors | undefined;
  webAuthn?: z.output<typeof webAuthnConfiguration> | undefined;
  /** Whether people see and end their sign-ins, and how many they have at once (SetUserPoolSessionConfiguration). */
  sessions?: { isTracking: boolean; maxPerUser: number } | undefined;
  /** SetLogDeliveryConfiguration's. */
  logs?: Record<string, unknown>[] | undefined;
  risks?: Risk[] | undefined;
}

/** What is done about dangers (SetRiskConfiguration), in the pool or for one client. */
export interface Risk {
  clientId?: string | undefined;
  modifiedAt: number;
  settings: RiskSettings;
}

/** The region that the pool is in. */
export function regionOf({ id }: Pick<Pool, "id">): string {
  return id.split("_")[0] ?? "";
}

const notice = z
  .object({
    Subject: z.string().min(1).max(140),
    HtmlBody: z.string().min(6).max(20_000).optional(),
    TextBody: z.string().min(6).max(20_000).optional(),
  })
  .optional();
const takeover = z
  .object({
    Notify: z.boolean(),
    EventAction: z.enum(["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"]),
  })
  .optional();

/** What SetRiskConfiguration takes. */
export const riskSettings = z.object({
  CompromisedCredentialsRiskConfiguration: z
    .object({
      EventFilter: z.array(z.enum(["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"])).optional(),
      Actions: z.object({ EventAction: z.enum(["BLOCK", "NO_ACTION"]) }),
    })
    .optional(),
  AccountTakeoverRiskConfiguration: z
    .object({
      NotifyConfiguration: z
        .object({
          From: z.string().optional(),
          ReplyTo: z.string().optional(),
          SourceArn: arn,
          BlockEmail: notice,
          NoActionEmail: notice,
          MfaEmail: notice,
        })
        .optional(),
      Actions: z.object({ LowAction: takeover, MediumAction: takeover, HighAction: takeover }),
    })
    .optional(),
  RiskExceptionConfiguration: z
    .object({
      BlockedIPRangeList: z.array(z.string()).max(200).optional(),
      SkippedIPRangeList: z.array(z.string()).max(200).optional(),
    })
    .optional(),
});
type RiskSettings = z.output<typeof riskSettings>;

export interface PoolFactors {
  softwareToken: boolean;
  sms: boolean;
  /** The words of the mails with codes, or none of one's own; absent where they are no factor. */
  email?: { Message?: string | undefined; Subject?: string | undefined } | undefined;
}

export interface Group {
  poolId: string;
  name: string;
  description?: string | undefined;
  roleArn?: string | undefined;
  precedence?: number | undefined;
  createdAt: number;
  modifiedAt: number;
}
