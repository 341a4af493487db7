import { z } from "zod";
import { invalidParameter, notHere, notInTier } from "../../model/failures";
import { lambdaConfig, type Pool, type PoolSettings, poolSettings, regionOf } from "../../model/pool";
import { customPoolId, idTaken } from "../../rules/custom-id";
import { factorsAfter } from "../../rules/mfa-settings";
import { assertRecovery } from "../../rules/recovery-settings";
import { schemaOf, withCustom } from "../../rules/schema";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { newPoolId } from "../../tokens/opaque";
import { signed } from "../operation";
import { page } from "../page";
import { pageSize, pageToken, resourceName, text, userPoolId, wireTime } from "../parameters";
import { assertNoDomain, describeDomains } from "./domains";
import { warnOfUnlisted } from "./unlisted-attributes";

const declaredAttribute = z.object({
  Name: text(1, 20, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u),
  AttributeDataType: z.enum(["String", "Number", "DateTime", "Boolean"]).optional(),
  DeveloperOnlyAttribute: z.boolean().optional(),
  Mutable: z.boolean().optional(),
  Required: z.boolean().optional(),
  StringAttributeConstraints: z
    .object({ MinLength: z.string().max(131_072).optional(), MaxLength: z.string().max(131_072).optional() })
    .optional(),
  NumberAttributeConstraints: z
    .object({ MinValue: z.string().max(131_072).optional(), MaxValue: z.string().max(131_072).optional() })
    .optional(),
});

const createInput = poolSettings.extend({
  PoolName: resourceName,
  Schema: z.array(declaredAttribute).min(1).max(50).default([]),
  UsernameAttributes: z.array(z.enum(["phone_number", "email"])).default([]),
  AliasAttributes: z.array(z.enum(["phone_number", "email", "preferred_username"])).default([]),
  UsernameConfiguration: z.object({ CaseSensitive: z.boolean() }).optional(),
});

export const poolOperations = {
  CreateUserPool: signed(createInput, (cognito, input) => {
    const { PoolName, Schema, UsernameAttributes, AliasAttributes, UsernameConfiguration, ...settings } =
      input;
    if (UsernameAttributes.length > 0 && AliasAttributes.length > 0) {
      throw invalidParameter(
        "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
      );
    }
    assertSettings(settings);
    const factors = factorsAfter(settings, undefined);
    const id = customPoolId(settings.UserPoolTags) ?? newPoolId(cognito.region);
    if (cognito.poolOf(id)) throw idTaken(id);
    const now = cognito.now();
    const pool: Pool = {
      id,
      name: PoolName,
      createdAt: now,
      modifiedAt: now,
      schema: schemaOf(Schema),
      usernameAttributes: UsernameAttributes,
      aliasAttributes: AliasAttributes,
      caseSensitive: UsernameConfiguration?.CaseSensitive,
      settings,
      factors,
    };
    cognito.commit(put("pools", pool));
    return { UserPool: describePool(cognito, pool) };
  }),

  DescribeUserPool: signed(z.object({ UserPoolId: userPoolId }), (cognito, { UserPoolId }) => ({
    UserPool: describePool(cognito, cognito.pool(UserPoolId)),
  })),

  AddCustomAttributes: signed(
    z.object({ UserPoolId: userPoolId, CustomAttributes: z.array(declaredAttribute).min(1).max(25) }),
    (cognito, { UserPoolId, CustomAttributes }) => {
      const pool = cognito.pool(UserPoolId);
      const schema = withCustom(pool.schema, CustomAttributes);
      const changed = { ...pool, schema, modifiedAt: cognito.now() };
      cognito.commit(put("pools", changed));
      for (const client of cognito.clients(changed)) warnOfUnlisted(cognito, changed, client);
      return {};
    },
  ),

  UpdateUserPool: signed(
    poolSettings.extend({ UserPoolId: userPoolId, PoolName: resourceName.optional() }),
    (cognito, { UserPoolId, PoolName, ...said }) => {
      const pool = cognito.pool(UserPoolId);
      // Terraform's provider never sends tags here: its users would lose them with every update.
      const settings = { ...said, UserPoolTags: said.UserPoolTags ?? pool.settings.UserPoolTags };
      assertSettings(settings);
      const factors = factorsAfter(settings, pool);
      cognito.commit(
        put("pools", { ...pool, name: PoolName ?? pool.name, settings, factors, modifiedAt: cognito.now() }),
      );
      return {};
    },
  ),

  DeleteUserPool: signed(z.object({ UserPoolId: userPoolId }), (cognito, { UserPoolId }) => {
    const pool = cognito.pool(UserPoolId);
    if (pool.settings.DeletionProtection === "ACTIVE") {
      throw invalidParameter(
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      );
    }
    assertNoDomain(cognito.domains(pool));
    const users = cognito.users(pool);
    const keys = cognito.keys(pool.id);
    cognito.commit(
      ...users.flatMap((user) => cognito.grantsOf(user).map((grant) => drop("grants", grant))),
      ...users.flatMap((user) =>
        cognito.challengesOf(user).map((challenge) => drop("challenges", challenge)),
      ),
      ...users.map((user) => drop("users", user)),
      ...cognito.groups(pool).map((group) => drop("groups", group)),
      ...cognito.clients(pool).map((client) => drop("clients", client)),
      ...cognito.messages(pool).map((message) => drop("messages", message)),
      ...cognito.importJobs(pool).map((job) => drop("importJobs", job)),
      ...cognito.hostedRecords(pool),
      ...(keys ? [drop("keys", keys)] : []),
      drop("pools", pool),
    );
    return {};
  }),

  ListUserPools: signed(
    z.object({ MaxResults: pageSize.min(1), NextToken: pageToken.optional() }),
    (cognito, { MaxResults: limit, NextToken: token }) => {
      const { items, next } = page(cognito.pools(), (pool) => pool.id, { limit, token });
      const UserPools = items.map(({ id, name, settings, createdAt, modifiedAt }) => ({
        Id: id,
        Name: name,
        LambdaConfig: settings.LambdaConfig,
        CreationDate: wireTime(createdAt),
        LastModifiedDate: wireTime(modifiedAt),
      }));
      return { UserPools, ...next };
    },
  ),
};

/** Refuses settings that would otherwise be accepted and then ignored. */
function assertSettings(settings: PoolSettings): void {
  const { LambdaConfig, Policies, VerificationMessageTemplate } = settings;
  assertRecovery(settings);
  const other = Object.keys(LambdaConfig).find((name) => !Object.hasOwn(lambdaConfig.shape, name));
  if (other) throw notHere(`the trigger ${other}`);
  const { PreTokenGeneration, PreTokenGenerationConfig, KMSKeyID } = LambdaConfig;
  if (!KMSKeyID && (LambdaConfig.CustomEmailSender || LambdaConfig.CustomSMSSender)) {
    throw invalidParameter("KMSKeyID is required for CustomEmailSender and CustomSMSSender.");
  }
  const version = PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
  if (settings.UserPoolTier === "LITE" && version !== "V1_0") throw notInTier("Access token customization");
  if (
    PreTokenGeneration &&
    PreTokenGenerationConfig &&
    PreTokenGeneration !== PreTokenGenerationConfig.LambdaArn
  ) {
    throw invalidParameter("PreTokenGeneration and PreTokenGenerationConfig must have the same Lambda ARN.");
  }
  const { AttributesRequireVerificationBeforeUpdate: kept = [] } = settings.UserAttributeUpdateSettings ?? {};
  const unverified = kept.find((name) => !settings.AutoVerifiedAttributes?.includes(name));
  if (unverified) {
    throw invalidParameter(
      `The attribute ${unverified} requires verification before update and must be in AutoVerifiedAttributes too.`,
    );
  }
  const first = Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  if (settings.UserPoolTier === "LITE" && first.some((factor) => factor !== "PASSWORD")) {
    throw notInTier("Choice-based sign-in");
  }
  if (!first.includes("PASSWORD")) {
    throw invalidParameter("AllowedFirstAuthFactors must have PASSWORD among them.");
  }
  const { AdvancedSecurityMode = "OFF" } = settings.UserPoolAddOns ?? {};
  if (AdvancedSecurityMode !== "OFF" && settings.UserPoolTier !== "PLUS")
    throw notInTier("Threat protection");
  if (Policies.PasswordPolicy.PasswordHistorySize) throw notHere("PasswordHistorySize");
  if (VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK") {
    throw notHere("DefaultEmailOption CONFIRM_WITH_LINK");
  }
}

/** The settings with what a pool has that was told nothing, as AWS shows it. */
function described(settings: PoolSettings): object {
  const { Policies, AdminCreateUserConfig, VerificationMessageTemplate: template, UserPoolTier } = settings;
  const { PasswordPolicy, SignInPolicy } = Policies;
  return {
    ...settings,
    Policies: {
      PasswordPolicy,
      ...(UserPoolTier !== "LITE" && {
        SignInPolicy: SignInPolicy ?? { AllowedFirstAuthFactors: ["PASSWORD"] },
      }),
    },
    AdminCreateUserConfig: {
      UnusedAccountValidityDays: PasswordPolicy.TemporaryPasswordValidityDays ?? 7,
      ...AdminCreateUserConfig,
    },
    EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ...settings.EmailConfiguration },
    // The older settings say the same in other places.
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      ...(settings.SmsVerificationMessage && { SmsMessage: settings.SmsVerificationMessage }),
      ...(settings.EmailVerificationMessage && { EmailMessage: settings.EmailVerificationMessage }),
      ...(settings.EmailVerificationSubject && { EmailSubject: settings.EmailVerificationSubject }),
      ...template,
    },
    UserPoolTags: settings.UserPoolTags ?? {},
  };
}

function describePool(cognito: Cognito, pool: Pool): object {
  return {
    Id: pool.id,
    Name: pool.name,
    Arn: `arn:aws:cognito-idp:${regionOf(pool)}:${cognito.accountId}:userpool/${pool.id}`,
    ...described(pool.settings),
    SchemaAttributes: pool.schema,
    ...(pool.usernameAttributes.length > 0 && { UsernameAttributes: pool.usernameAttributes }),
    ...(pool.aliasAttributes.length > 0 && { AliasAttributes: pool.aliasAttributes }),
    ...(pool.caseSensitive !== undefined && { UsernameConfiguration: { CaseSensitive: pool.caseSensitive } }),
    ...describeDomains(cognito.domains(pool)),
    EstimatedNumberOfUsers: cognito.countUsers(pool),
    CreationDate: wireTime(pool.createdAt),
    LastModifiedDate: wireTime(pool.modifiedAt),
  };
}
