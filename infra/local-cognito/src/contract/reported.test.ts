import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { mapOf, newDomain, newEmail, OTHER_PASSWORD, PASSWORD, TENANT, tokensOf } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import type { TriggerEvent } from "./target";

/** What people report of real pools, where the API reference is silent or says otherwise. */

const MESSAGES = "arn:aws:lambda:ap-northeast-1:000000000000:function:messages";
const target = await openForFile({
  [MESSAGES]: (event: TriggerEvent) => ({
    ...event,
    response: { emailMessage: "Welcome, without anything to enter", emailSubject: "Welcome" },
  }),
});
const bench = await newBench(target);
const { sdk, pool: UserPoolId, client, newPool, newClient, newUser, enter, enterBy } = bench;
const TIER = "FeatureUnavailableInTierException";

describe("a client without a list of attributes", () => {
  it("lets users write custom attributes, the tenant too [unconfirmed]: a list keeps them from it", async () => {
    const { email } = await newUser();
    const UserAttributes = [{ Name: TENANT, Value: "other" }];
    const { id } = await newClient({ WriteAttributes: undefined });
    await sdk.updateUserAttributes({
      AccessToken: tokensOf(await enterBy(id, email)).AccessToken,
      UserAttributes,
    });
    const user = await sdk.adminGetUser({ UserPoolId, Username: email });
    expect(mapOf(user.UserAttributes)[TENANT]).toBe("other");
    const { AccessToken } = tokensOf(await enter(email));
    await notAuthorized(sdk.updateUserAttributes({ AccessToken, UserAttributes }), /unauthorized attribute/);
  });
});

describe("somebody who is not confirmed", () => {
  it("hears so with a wrong password, too, where the client does not hide who exists", async () => {
    const Username = newEmail();
    await sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD });
    await refused(enter(Username, OTHER_PASSWORD), "UserNotConfirmedException");
    const hiding = await newClient({ PreventUserExistenceErrors: "ENABLED" });
    await notAuthorized(enterBy(hiding.id, Username, OTHER_PASSWORD), "Incorrect username or password.");
    await refused(enterBy(hiding.id, Username), "UserNotConfirmedException");
  });
});

describe("a name that is taken", () => {
  it("is told at sign-up in other words than to an administrator", async () => {
    const { email } = await newUser();
    const again = sdk.signUp({ ClientId: client.id, Username: email, Password: PASSWORD });
    await refused(again, "UsernameExistsException", "An account with the given email already exists.");
    const plain = await newBench(target, {}, { UsernameAttributes: [], AutoVerifiedAttributes: [] });
    const named = () => sdk.signUp({ ClientId: plain.client.id, Username: "bob", Password: PASSWORD });
    await named();
    await refused(named(), "UsernameExistsException", "User already exists");
  });

  it("looks like no alias in a pool that has them", async () => {
    const aliases = await newPool({ UsernameAttributes: [], AliasAttributes: ["email", "phone_number"] });
    const create = (Username: string) =>
      sdk.adminCreateUser({ UserPoolId: aliases, Username, MessageAction: "SUPPRESS" });
    const words = "Username cannot be of email format, since user pool is configured for email alias.";
    await invalidParameter(create("bob@acme.example"), words);
    await invalidParameter(create("+81312345678"), /phone number format/);
    await create("bob");
  });
});

describe("a preferred username that people sign in by", () => {
  it("is not given before the sign-up is confirmed", async () => {
    const named = await newBench(
      target,
      { WriteAttributes: ["email", "preferred_username"], ReadAttributes: undefined },
      { UsernameAttributes: [], AliasAttributes: ["preferred_username"], AutoVerifiedAttributes: [] },
    );
    const signUp = (preferred_username: string) =>
      sdk.signUp({
        ClientId: named.client.id,
        Username: "grace",
        Password: PASSWORD,
        UserAttributes: [{ Name: "preferred_username", Value: preferred_username }],
      });
    const words =
      "Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.";
    await invalidParameter(signUp("amazing"), words);
    const where = { UserPoolId: named.pool, Username: "grace" };
    await sdk.signUp({ ClientId: named.client.id, Username: "grace", Password: PASSWORD });
    await sdk.adminConfirmSignUp(where);
    const UserAttributes = [{ Name: "preferred_username", Value: "amazing" }];
    await sdk.adminUpdateUserAttributes({ ...where, UserAttributes });
    expect((await named.tokensFor("amazing")).access.username).toBe("grace");
  });

  it("is an attribute like any other where they do not", async () => {
    const plain = await newBench(
      target,
      { WriteAttributes: ["preferred_username"] },
      { UsernameAttributes: [], AutoVerifiedAttributes: [] },
    );
    const UserAttributes = [{ Name: "preferred_username", Value: "amazing" }];
    await sdk.signUp({ ClientId: plain.client.id, Username: "grace", Password: PASSWORD, UserAttributes });
  });
});

describe("a message", () => {
  const CODE = "is {####}, come in";
  it.each([
    ["a text", { SmsVerificationMessage: "Come in" }],
    ["a mail", { EmailVerificationMessage: "Come in" }],
    ["a text of a second factor", { SmsAuthenticationMessage: "Come in" }],
    ["a mail of the template", { VerificationMessageTemplate: { EmailMessage: "Come in" } }],
    [
      "an invitation without the name",
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: `Your password ${CODE}` } } },
    ],
  ])("has a place for the code: not %s", async (_, settings) => {
    await invalidParameter(newPool(settings), /regular expression pattern/);
  });

  it.skipIf(!target.tellsMessages)(
    "of a trigger that forgets the code is the default at an invitation, and refused otherwise [unconfirmed]",
    async () => {
      const forgetful = await newBench(target, {}, { LambdaConfig: { CustomMessage: MESSAGES } });
      const Username = newEmail();
      await sdk.adminCreateUser({
        UserPoolId: forgetful.pool,
        Username,
        UserAttributes: [{ Name: "email", Value: Username }],
        DesiredDeliveryMediums: ["EMAIL"],
      });
      expect((await target.messagesTo(Username))[0]?.body).toMatch(/temporary password/);
      const signUp = sdk.signUp({ ClientId: forgetful.client.id, Username: newEmail(), Password: PASSWORD });
      await refused(signUp, "InvalidLambdaResponseException");
    },
  );
});

describe("a boolean attribute", () => {
  it('takes "True" for true', async () => {
    const { email: Username } = await newUser({ attributes: { email_verified: "True" } });
    const user = await sdk.adminGetUser({ UserPoolId, Username });
    expect(mapOf(user.UserAttributes).email_verified).toBe("true");
  });
});

describe("the constraints of a declared attribute", () => {
  it.each([
    ["lengths that cross", { StringAttributeConstraints: { MinLength: "9", MaxLength: "2" } }],
    ["a length beyond all values", { StringAttributeConstraints: { MaxLength: "2049" } }],
    ["a length in words", { StringAttributeConstraints: { MaxLength: "long" } }],
    ["a range of a text", { NumberAttributeConstraints: { MinValue: "1" } }],
  ])("are no %s", async (_, constraints) => {
    const Schema = [{ Name: "plan", AttributeDataType: "String" as const, ...constraints }];
    await invalidParameter(newPool({ Schema }), /constraints/);
  });
});

describe("the feature plan LITE", () => {
  it("has neither rotation nor managed login", async () => {
    const lite = await newPool({ UserPoolTier: "LITE" });
    const RefreshTokenRotation = { Feature: "ENABLED" as const };
    const ExplicitAuthFlows = ["ALLOW_USER_SRP_AUTH" as const];
    const rotating = { UserPoolId: lite, ClientName: "rotating", RefreshTokenRotation, ExplicitAuthFlows };
    await refused(sdk.createUserPoolClient(rotating), TIER);
    const managed = { UserPoolId: lite, Domain: newDomain(), ManagedLoginVersion: 2 };
    await refused(sdk.createUserPoolDomain(managed), TIER);
  });
});

describe("refresh token rotation that is switched off", () => {
  it("has no grace, and is said with every update", async () => {
    const ExplicitAuthFlows = ["ALLOW_USER_SRP_AUTH" as const];
    const { id: ClientId } = await newClient({
      ExplicitAuthFlows,
      RefreshTokenRotation: { Feature: "ENABLED" },
    });
    const named = { UserPoolId, ClientId, ExplicitAuthFlows };
    await invalidParameter(sdk.updateUserPoolClient(named), /RefreshTokenRotation/);
    const off = await sdk.updateUserPoolClient({ ...named, RefreshTokenRotation: { Feature: "DISABLED" } });
    const expected = { Feature: "DISABLED", RetryGracePeriodSeconds: 0 };
    expect(off.UserPoolClient?.RefreshTokenRotation).toEqual(expected);
    await invalidParameter(sdk.updateUserPoolClient(named), /RefreshTokenRotation/);
  });
});

describe("the groups of a user", () => {
  it("are a hundred at most", async () => {
    const { email: Username } = await newUser();
    const join = async (index: number) => {
      const GroupName = `group-${index}`;
      await sdk.createGroup({ UserPoolId, GroupName });
      await sdk.adminAddUserToGroup({ UserPoolId, Username, GroupName });
    };
    for (let index = 0; index < 100; index += 1) await join(index);
    await refused(join(100), "LimitExceededException");
  });
});
