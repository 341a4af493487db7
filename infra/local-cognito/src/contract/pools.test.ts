import type {
  CreateUserPoolCommandInput,
  PasswordPolicyType,
  RecoveryOptionNameType,
  SetUserPoolMfaConfigCommandInput,
  UpdateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { createUser, everyPage, given, newDomain } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { target, sdk, pool, newPool } = await openBench();

const describePool = async (UserPoolId = pool) =>
  given((await sdk.describeUserPool({ UserPoolId })).UserPool);
const create = (settings: Partial<CreateUserPoolCommandInput>) =>
  sdk.createUserPool({ PoolName: "contract", ...settings });
const update = (settings: Partial<UpdateUserPoolCommandInput>) =>
  sdk.updateUserPool({ UserPoolId: pool, ...settings });

const keptUntilVerified = (AutoVerifiedAttributes: ("email" | "phone_number")[]) => ({
  AutoVerifiedAttributes,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email" as const] },
});

describe("CreateUserPool and DescribeUserPool", () => {
  it("give the pool an id of region and nine characters, an ARN and dates", async () => {
    const described = await describePool();
    expect(described.Id).toMatch(new RegExp(`^${target.region}_[0-9A-Za-z]{9}$`));
    expect(described.Arn).toMatch(
      new RegExp(`^arn:aws:cognito-idp:${target.region}:\\d{12}:userpool/${described.Id}$`),
    );
    expect(described.CreationDate).toBeInstanceOf(Date);
    expect(described.LastModifiedDate).toBeInstanceOf(Date);
    expect(described.EstimatedNumberOfUsers).toBe(0);
  });

  it("default to the documented password policy, no MFA and no protection", async () => {
    const described = await describePool();
    expect(described.Policies?.PasswordPolicy).toMatchObject({
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    });
    expect(described).toMatchObject({
      MfaConfiguration: "OFF",
      DeletionProtection: "INACTIVE",
      UserPoolTier: "ESSENTIALS",
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    });
  });

  it("show what a pool has that was told nothing more", async () => {
    const { UserPool } = await create({});
    target.pools.add(given(UserPool?.Id));
    for (const each of [UserPool, await describePool(UserPool?.Id)]) {
      expect(each).toMatchObject({
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } },
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
        EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
        VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
        UserPoolTags: {},
        LambdaConfig: {},
      });
    }
  });

  it("show an older setting of the messages in the template as well", async () => {
    const SmsVerificationMessage = "It is {####}";
    const [EmailVerificationSubject, EmailVerificationMessage] = ["Come in", "The code is {####}"];
    const made = await newPool({
      SmsVerificationMessage,
      EmailVerificationMessage,
      EmailVerificationSubject,
    });
    expect(await describePool(made)).toMatchObject({
      SmsVerificationMessage,
      EmailVerificationMessage,
      EmailVerificationSubject,
      VerificationMessageTemplate: {
        SmsMessage: SmsVerificationMessage,
        EmailMessage: EmailVerificationMessage,
        EmailSubject: EmailVerificationSubject,
      },
    });
  });

  it("give back what the pool was made with", async () => {
    const made = await newPool({ PoolName: "described", UserPoolTags: { team: "blue" } });
    expect(await describePool(made)).toMatchObject({
      Name: "described",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ["email"],
      UserPoolTags: { team: "blue" },
    });
  });

  it.each([
    ["sub", { AttributeDataType: "String", Mutable: false, Required: true }],
    ["email", { AttributeDataType: "String", Mutable: true, Required: false }],
    ["email_verified", { AttributeDataType: "Boolean" }],
    ["updated_at", { AttributeDataType: "Number" }],
    ["birthdate", { StringAttributeConstraints: { MinLength: "10", MaxLength: "10" } }],
    [
      "custom:tenant_id",
      {
        AttributeDataType: "String",
        Mutable: true,
        StringAttributeConstraints: { MinLength: "2", MaxLength: "8" },
      },
    ],
  ])("list the attribute %s in the schema", async (name, expected) => {
    const { SchemaAttributes } = await describePool();
    expect(SchemaAttributes?.find(({ Name }) => Name === name)).toMatchObject(expected);
  });

  it("list all twenty standard attributes of OpenID Connect", async () => {
    const { SchemaAttributes } = await describePool();
    const standard = (SchemaAttributes ?? []).filter(({ Name }) => !Name?.startsWith("custom:"));
    expect(standard).toHaveLength(20);
  });

  it("can make a standard attribute required", async () => {
    const required = await newPool({
      Schema: [{ Name: "email", AttributeDataType: "String", Required: true, Mutable: true }],
    });
    const { SchemaAttributes } = await describePool(required);
    expect(SchemaAttributes?.find(({ Name }) => Name === "email")?.Required).toBe(true);
  });

  const passwords = (PasswordPolicy: PasswordPolicyType) => ({ Policies: { PasswordPolicy } });
  const attributes = (...names: string[]) => ({
    Schema: names.map((Name) => ({ Name, AttributeDataType: "String" as const })),
  });
  const third = { RecoveryMechanisms: [{ Name: "verified_email" as const, Priority: 3 }] };
  const recovery = (...mechanisms: [RecoveryOptionNameType, number][]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: mechanisms.map(([Name, Priority]) => ({ Name, Priority })),
    },
  });
  const short = { InviteMessageTemplate: { SMSMessage: "x" } };
  const numbered = (most: number) =>
    Object.fromEntries(Array.from({ length: most }, (_, at) => [`k${at}`, ""]));
  it.each<[string, Partial<CreateUserPoolCommandInput>]>([
    ["both aliases and username attributes", { UsernameAttributes: ["email"], AliasAttributes: ["email"] }],
    ["a custom attribute of 21 characters", attributes("a".repeat(21))],
    ["a custom attribute twice", attributes("a", "a")],
    ["the old address kept that the pool does not verify", keptUntilVerified(["phone_number"])],
    ["the old address kept by a pool that verifies none", keptUntilVerified([])],
    ["a name with characters that names do not have", { PoolName: "a/b" }],
    ["a name of 129 characters", { PoolName: "a".repeat(129) }],
    ["passwords of five characters", passwords({ MinimumLength: 5 })],
    ["passwords of at least 100 characters", passwords({ MinimumLength: 100 })],
    ["a trigger that is no ARN", { LambdaConfig: { PreSignUp: "not-a-function-of-mine" } }],
    ["temporary passwords of more than a year", passwords({ TemporaryPasswordValidityDays: 366 })],
    ["a recovery mechanism of the third rank", { AccountRecoverySetting: third }],
    ["no recovery mechanism", recovery()],
    [
      "two recovery mechanisms of one priority [unconfirmed]",
      recovery(["verified_email", 1], ["verified_phone_number", 1]),
    ],
    ["one recovery mechanism twice [unconfirmed]", recovery(["verified_email", 1], ["verified_email", 2])],
    ["administrators beside another recovery", recovery(["admin_only", 1], ["verified_email", 2])],
    [
      "threat protection of custom authentication, which has no effect here",
      {
        UserPoolTier: "PLUS",
        UserPoolAddOns: {
          AdvancedSecurityMode: "ENFORCED",
          AdvancedSecurityAdditionalFlows: { CustomAuthMode: "ENFORCED" },
        },
      },
    ],
    ["an invitation shorter than six characters", { AdminCreateUserConfig: short }],
    ["a standard attribute of another type", { Schema: [{ Name: "email", AttributeDataType: "Number" }] }],
    ["one for developers alone", { Schema: [{ Name: "email", DeveloperOnlyAttribute: true }] }],
    [
      "mails from one's own account without its ARN",
      { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } },
    ],
    ["texts by what is no role", { SmsConfiguration: { SnsCallerArn: "the-role-that-sends-them" } }],
    ["a tag with a name of 129 characters", { UserPoolTags: { ["a".repeat(129)]: "" } }],
    ["a tag with a value of 257 characters", { UserPoolTags: { a: "a".repeat(257) } }],
    ["a tag of AWS's own", { UserPoolTags: { "aws:team": "a" } }],
    ["51 tags", { UserPoolTags: numbered(51) }],
  ])("refuse %s: InvalidParameterException", async (_, settings) => {
    await invalidParameter(create(settings));
  });

  it("keep the old address until the new one is verified, where the pool verifies it", async () => {
    await newPool(keptUntilVerified(["email"]));
  });

  it.each(["ON", "OPTIONAL"] as const)("refuse MFA %s without a second factor", async (MfaConfiguration) => {
    const words =
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional";
    await invalidParameter(create({ MfaConfiguration }), words);
  });

  it("refuse a required custom attribute: InvalidParameterException", async () => {
    const attempt = create({ Schema: [{ Name: "a", AttributeDataType: "String", Required: true }] });
    await invalidParameter(attempt, "Required custom attributes are not supported currently.");
  });
});

describe("UpdateUserPool", () => {
  it("changes what it says and returns to the default what it leaves out", async () => {
    await update({ Policies: { PasswordPolicy: { MinimumLength: 10 } }, UserPoolTags: { team: "a" } });
    const changed = await describePool();
    expect(changed.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 10, RequireSymbols: false });
    expect(changed.UserPoolTags).toEqual({ team: "a" });
    await update({ AutoVerifiedAttributes: ["email"] });
    expect((await describePool()).Policies?.PasswordPolicy).toMatchObject({
      MinimumLength: 8,
      RequireSymbols: true,
    });
  });

  it("keeps the tags that it leaves out, and takes those that it says for all", async () => {
    await update({ UserPoolTags: { team: "a", stage: "test" } });
    await update({ AutoVerifiedAttributes: ["email"] });
    expect((await describePool()).UserPoolTags).toEqual({ team: "a", stage: "test" });
    await update({ UserPoolTags: { team: "b" } });
    expect((await describePool()).UserPoolTags).toEqual({ team: "b" });
  });

  it("keeps the schema and how people are named, which nothing changes", async () => {
    const before = await describePool();
    await update({ AutoVerifiedAttributes: ["email"] });
    const after = await describePool();
    expect(after.SchemaAttributes).toEqual(before.SchemaAttributes);
    expect(after.UsernameAttributes).toEqual(before.UsernameAttributes);
  });

  it("sets LastModifiedDate and keeps CreationDate", async () => {
    const before = await describePool();
    await update({ AutoVerifiedAttributes: ["email"] });
    const after = await describePool();
    expect(after.CreationDate).toEqual(before.CreationDate);
    expect(Number(after.LastModifiedDate)).toBeGreaterThanOrEqual(Number(before.LastModifiedDate));
  });

  it("refuses to turn MFA on without a second factor: InvalidParameterException", async () => {
    await invalidParameter(update({ MfaConfiguration: "ON" }));
    const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };
    const later = update({ MfaConfiguration: "ON", SmsConfiguration });
    await invalidParameter(later, "Cannot turn MFA functionality ON, once the user pool has been created.");
  });
});

describe("DeleteUserPool", () => {
  it("leaves nothing behind", async () => {
    const other = await newPool();
    await createUser(target, other);
    await sdk.deleteUserPool({ UserPoolId: other });
    target.pools.delete(other);
    const words = `User pool ${other} does not exist.`;
    await refused(describePool(other), "ResourceNotFoundException", words);
    const keys = await fetch(`${target.issuer(other)}/.well-known/jwks.json`);
    expect([400, 404]).toContain(keys.status);
    await refused(sdk.deleteUserPool({ UserPoolId: other }), "ResourceNotFoundException");
  });

  it("is refused while DeletionProtection is ACTIVE: InvalidParameterException", async () => {
    await update({ DeletionProtection: "ACTIVE" });
    await invalidParameter(sdk.deleteUserPool({ UserPoolId: pool }));
    await update({ DeletionProtection: "INACTIVE" });
  });

  it("is refused while the pool has a domain: InvalidParameterException", async () => {
    const Domain = newDomain();
    await sdk.createUserPoolDomain({ UserPoolId: pool, Domain });
    const words = "User pool cannot be deleted. It has a domain configured that should be deleted first.";
    await invalidParameter(sdk.deleteUserPool({ UserPoolId: pool }), words);
    await sdk.deleteUserPoolDomain({ UserPoolId: pool, Domain });
  });
});

describe("ListUserPools", () => {
  it("goes through all pools page by page, each once", async () => {
    await newPool();
    const seen = await everyPage(
      (NextToken) => sdk.listUserPools({ MaxResults: 1, NextToken }),
      (page) => {
        expect(page.UserPools?.length).toBeLessThanOrEqual(1);
        return page.UserPools?.map(({ Id }) => Id);
      },
    );
    expect(seen).toContain(pool);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([0, 61, -1])("refuses MaxResults of %d: InvalidParameterException", async (MaxResults) => {
    await invalidParameter(sdk.listUserPools({ MaxResults }));
  });

  it("refuses a token that it did not give: InvalidParameterException [unconfirmed]", async () => {
    await invalidParameter(sdk.listUserPools({ MaxResults: 1, NextToken: "invented" }));
  });
});

describe("SetUserPoolMfaConfig and GetUserPoolMfaConfig", () => {
  const set = (config: Partial<SetUserPoolMfaConfigCommandInput>) =>
    sdk.setUserPoolMfaConfig({ UserPoolId: pool, ...config });
  const software = { SoftwareTokenMfaConfiguration: { Enabled: true } };

  it("begin with MFA off", async () => {
    expect((await sdk.getUserPoolMfaConfig({ UserPoolId: pool })).MfaConfiguration).toBe("OFF");
  });

  it.each(["OPTIONAL", "ON", "OFF"] as const)("tell %s back", async (MfaConfiguration) => {
    const answered = await set({ MfaConfiguration, ...(MfaConfiguration !== "OFF" && software) });
    expect(answered).toMatchObject({ MfaConfiguration, ...(MfaConfiguration !== "OFF" && software) });
    const read = await sdk.getUserPoolMfaConfig({ UserPoolId: pool });
    expect(read.MfaConfiguration).toBe(MfaConfiguration);
    expect(read.SoftwareTokenMfaConfiguration?.Enabled).toBe(MfaConfiguration !== "OFF" || undefined);
    expect(read.SmsMfaConfiguration).toBeUndefined();
    expect((await describePool()).MfaConfiguration).toBe(MfaConfiguration);
  });

  it.each<[string, Partial<SetUserPoolMfaConfigCommandInput>, words?: string]>([
    [
      "MFA without a factor",
      { MfaConfiguration: "OPTIONAL" },
      "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
    ],
    [
      "a factor together with MFA off",
      { MfaConfiguration: "OFF", ...software },
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ],
    [
      "a text without a place for its code",
      { MfaConfiguration: "OPTIONAL", SmsMfaConfiguration: { SmsAuthenticationMessage: "Your code" } },
    ],
    [
      "a mail without a place for its code",
      { MfaConfiguration: "OPTIONAL", EmailMfaConfiguration: { Message: "Your code", Subject: "Code" } },
    ],
    ["texts without a sender", { MfaConfiguration: "OPTIONAL", SmsMfaConfiguration: {} }],
  ])("refuse %s: InvalidParameterException", async (_, config, words) => {
    await invalidParameter(set(config), words);
  });
});

describe("TagResource, UntagResource and ListTagsForResource", () => {
  const arn = async () => given((await describePool()).Arn);
  const tags = async () => (await sdk.listTagsForResource({ ResourceArn: await arn() })).Tags;

  it("add, replace and remove tags, which the pool then has", async () => {
    const ResourceArn = await arn();
    await sdk.tagResource({ ResourceArn, Tags: { team: "a", stage: "test" } });
    await sdk.tagResource({ ResourceArn, Tags: { team: "b" } });
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`k${at}`, ""]));
    await invalidParameter(sdk.tagResource({ ResourceArn, Tags: many }));
    expect(await tags()).toEqual({ team: "b", stage: "test" });
    expect((await describePool()).UserPoolTags).toEqual({ team: "b", stage: "test" });
    await sdk.untagResource({ ResourceArn, TagKeys: ["team", "unknown"] });
    expect(await tags()).toEqual({ stage: "test" });
  });

  it("know no other pool: ResourceNotFoundException", async () => {
    const ResourceArn = (await arn()).replace(/_\w+$/, "_AAAAAAAAA");
    await refused(sdk.listTagsForResource({ ResourceArn }), "ResourceNotFoundException");
  });

  it("refuse what is no ARN of a pool: InvalidParameterException [unconfirmed]", async () => {
    await invalidParameter(sdk.listTagsForResource({ ResourceArn: "arn:aws:s3:::a-bucket-of-mine" }));
  });
});

describe("a domain", () => {
  const NO_DOMAIN = "No such domain or user pool exists.";
  const domainName = newDomain();
  const createDomain = (name: string, UserPoolId = pool) =>
    sdk.createUserPoolDomain({ UserPoolId, Domain: name });

  it("is made once, described with its pool, and shown by the pool", async () => {
    expect((await sdk.describeUserPoolDomain({ Domain: domainName })).DomainDescription).toEqual({});
    await createDomain(domainName);
    const { DomainDescription } = await sdk.describeUserPoolDomain({ Domain: domainName });
    expect(DomainDescription).toMatchObject({ Domain: domainName, UserPoolId: pool, Status: "ACTIVE" });
    expect((await describePool()).Domain).toBe(domainName);
  });

  it("is nobody else's then, and the pool has no second: InvalidParameterException", async () => {
    const other = await newPool();
    const taken = "Domain already associated with another user pool.";
    await invalidParameter(createDomain(domainName, other), taken);
    await invalidParameter(createDomain(`${domainName}-2`), "User pool already has a domain configured.");
    await invalidParameter(sdk.deleteUserPoolDomain({ UserPoolId: other, Domain: domainName }), NO_DOMAIN);
  });

  // AWS wants a certificate that is there.
  it.skipIf(target.isAws)("may stand beside one of one's own name, which stays one", async () => {
    const UserPoolId = await newPool();
    const Domain = "auth.example.com";
    const CertificateArn = "arn:aws:acm:us-east-1:000000000000:certificate/1";
    const CustomDomainConfig = { CertificateArn, SecurityPolicy: "TLS_V1_3_2025" as const };
    await createDomain(`${domainName}-own`, UserPoolId);
    await sdk.createUserPoolDomain({ UserPoolId, Domain, CustomDomainConfig });
    const described = await describePool(UserPoolId);
    expect([described.Domain, described.CustomDomain]).toEqual([`${domainName}-own`, Domain]);
    const { DomainDescription } = await sdk.describeUserPoolDomain({ Domain });
    expect(DomainDescription?.CustomDomainConfig).toEqual(CustomDomainConfig);
    const update = sdk.updateUserPoolDomain({ UserPoolId, Domain });
    await invalidParameter(update, "Cannot convert custom domain to prefix domain.");
    for (const each of [`${domainName}-own`, Domain]) {
      await sdk.deleteUserPoolDomain({ UserPoolId, Domain: each });
    }
    await sdk.deleteUserPool({ UserPoolId });
    target.pools.delete(UserPoolId);
  });

  it("takes an update of its ManagedLoginVersion", async () => {
    await sdk.updateUserPoolDomain({ UserPoolId: pool, Domain: domainName, ManagedLoginVersion: 2 });
    const { DomainDescription } = await sdk.describeUserPoolDomain({ Domain: domainName });
    expect(DomainDescription?.ManagedLoginVersion).toBe(2);
  });

  it("is gone after its deletion, described as nothing: no exception", async () => {
    await sdk.deleteUserPoolDomain({ UserPoolId: pool, Domain: domainName });
    const { DomainDescription } = await sdk.describeUserPoolDomain({ Domain: domainName });
    expect(DomainDescription).toEqual({});
    expect((await describePool()).Domain).toBeUndefined();
    await invalidParameter(sdk.deleteUserPoolDomain({ UserPoolId: pool, Domain: domainName }), NO_DOMAIN);
  });

  const names = "UPPER under_score -dash dash- my-cognito my-aws amazonian dot.ted".split(" ");
  it.each([...names, "a".repeat(64)])("cannot be called %s: InvalidParameterException", async (name) => {
    await invalidParameter(createDomain(name));
  });
});

describe("a pool that people do not name by e-mail", () => {
  it("keeps the username that was given", async () => {
    const { username } = await createUser(target, await newPool({ UsernameAttributes: [] }), {
      email: "bob",
      attributes: { email: "bob@acme.example" },
    });
    expect(username).toBe("bob");
  });

  it("tells upper from lower case in it, unless it is asked not to", async () => {
    const named = await newPool({ UsernameAttributes: [], UsernameConfiguration: undefined });
    const make = (Username: string) => sdk.adminCreateUser({ UserPoolId: named, Username });
    expect((await make("bob")).User?.Username).toBe("bob");
    await refused(sdk.adminGetUser({ UserPoolId: named, Username: "BOB" }), "UserNotFoundException");
    await refused(make("bob"), "UsernameExistsException");
    expect((await make("BOB")).User?.Username).toBe("BOB");
  });

  it("has clients like any other", async () => {
    const { UserPoolClient } = await sdk.createUserPoolClient({ UserPoolId: pool, ClientName: "any" });
    expect(UserPoolClient?.UserPoolId).toBe(pool);
  });
});

describe("AddCustomAttributes", () => {
  const tier = { Name: "tier", AttributeDataType: "String" as const, Mutable: true };
  const add = (UserPoolId: string, ...CustomAttributes: (typeof tier)[]) =>
    sdk.addCustomAttributes({ UserPoolId, CustomAttributes });

  it("declares more attributes, which users may have from then on", async () => {
    const UserPoolId = await newPool();
    const { email } = await createUser(target, UserPoolId);
    const update = () =>
      sdk.adminUpdateUserAttributes({
        UserPoolId,
        Username: email,
        UserAttributes: [{ Name: "custom:tier", Value: "gold" }],
      });
    await invalidParameter(update(), /custom:tier/);
    await add(UserPoolId, tier);
    await update();
    const { SchemaAttributes = [] } = await describePool(UserPoolId);
    expect(SchemaAttributes.at(-1)).toMatchObject({ Name: "custom:tier", Mutable: true, Required: false });
  });

  it("takes no name twice, none that is required, and 50 in all", async () => {
    const UserPoolId = await newPool();
    await add(UserPoolId, tier);
    await invalidParameter(add(UserPoolId, tier), /Existing attribute already has name/);
    await invalidParameter(
      add(UserPoolId, { ...tier, Name: "more", Required: true } as typeof tier),
      /Required/,
    );
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...tier, Name: `a${from + index}` }));
    await add(UserPoolId, ...many(0, 25));
    await add(UserPoolId, ...many(25, 23));
    await invalidParameter(add(UserPoolId, { ...tier, Name: "last" }), /50/);
  });
});
