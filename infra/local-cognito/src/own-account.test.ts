import {
  AdminGetUserCommand,
  type AttributeType,
  ChangePasswordCommand,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createClient,
  createPool,
  createUser,
  messagesTo,
  PASSWORD,
  refused,
  signIn,
  startTestCognito,
  type TestCognito,
  tokensOf,
} from "./testing/cognito";

const NEXT = "Another-horse-2";
let cognito: TestCognito;
let pool: string;
let client: string;
let email: string;
let AccessToken: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk, { AutoVerifiedAttributes: ["email"] });
  const WriteAttributes = ["email", "name", "phone_number"];
  client = (await createClient(cognito.sdk, pool, { WriteAttributes })).id;
});
afterAll(() => cognito.stop());
beforeEach(async () => {
  email = `user${number++}@acme.example`;
  await createUser(cognito.sdk, pool, email);
  AccessToken = tokensOf(await signIn(cognito.sdk, pool, client, email)).AccessToken;
});

const update = (...UserAttributes: AttributeType[]) =>
  cognito.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
const attributes = async () => {
  const { UserAttributes = [] } = await cognito.sdk.send(new GetUserCommand({ AccessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
};
const verify = (AttributeName: string, Code: string) =>
  cognito.sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
const sentCode = async (to: string) => {
  const [message] = await messagesTo(cognito, to);
  return /\d{6}/.exec(message?.body ?? "")?.[0] ?? "";
};

describe("changing one's password", () => {
  const change = (PreviousPassword: string, ProposedPassword = NEXT) =>
    cognito.sdk.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));

  it("wants the old one, and then only the new one signs in", async () => {
    await refused(change("nope"), "NotAuthorizedException", "Incorrect username or password.");
    await refused(change(PASSWORD, "weak"), "InvalidPasswordException");
    await change(PASSWORD);
    await refused(signIn(cognito.sdk, pool, client, email), "NotAuthorizedException");
    expect((await signIn(cognito.sdk, pool, client, email, NEXT)).AuthenticationResult).toBeDefined();
  });

  it("to two different ones at once ends with one of them", async () => {
    const results = await Promise.allSettled([change(PASSWORD), change(PASSWORD, "Third-horse-3")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("changing one's attributes", () => {
  it("reaches what the client may write, and never the tenant", async () => {
    await update({ Name: "name", Value: "Bob" });
    for (const Name of ["custom:tenant_id", "email_verified", "nickname", "sub"]) {
      await refused(
        update({ Name, Value: "globex" }),
        "NotAuthorizedException",
        "A client attempted to write unauthorized attribute",
      );
      await refused(
        cognito.sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: [Name] })),
        "NotAuthorizedException",
        "A client attempted to write unauthorized attribute",
      );
    }
    expect(await attributes()).toMatchObject({ "custom:tenant_id": "acme" });
    const UserAttributeNames = ["name"];
    await cognito.sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames }));
    const { UserAttributes } = await cognito.sdk.send(
      new AdminGetUserCommand({ UserPoolId: pool, Username: email }),
    );
    expect(UserAttributes?.map(({ Name }) => Name)).not.toContain("name");
  });

  it("mails a code to a new address, which is not verified until that is entered", async () => {
    const changed = `new-${email}`;
    const { CodeDeliveryDetailsList } = await update({ Name: "email", Value: changed });
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@a***" },
    ]);
    expect(await attributes()).toMatchObject({ email: changed, email_verified: "false" });
    const code = await sentCode(changed);
    await refused(verify("email", code === "000000" ? "000001" : "000000"), "CodeMismatchException");
    await verify("email", code);
    expect(await attributes()).toMatchObject({ email_verified: "true" });
    await refused(verify("email", code), "ExpiredCodeException");
    expect((await signIn(cognito.sdk, pool, client, changed)).AuthenticationResult).toBeDefined();
  });

  it("keeps the old address until the new one is verified, where the pool says so", async () => {
    const keep = (attributesKept: ("email" | "phone_number")[]) =>
      cognito.sdk.send(
        new UpdateUserPoolCommand({
          UserPoolId: pool,
          AutoVerifiedAttributes: ["email"],
          UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: attributesKept },
        }),
      );
    await keep(["email"]);
    const changed = `later-${email}`;
    await update({ Name: "email", Value: changed });
    expect(await attributes()).toMatchObject({ email, email_verified: "true" });
    const { CodeDeliveryDetails } = await cognito.sdk.send(
      new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }),
    );
    expect(CodeDeliveryDetails?.Destination).toBe("l***@a***");
    await verify("email", await sentCode(changed));
    expect(await attributes()).toMatchObject({ email: changed, email_verified: "true" });
    await keep([]);
  });

  it("cannot take somebody else's address", async () => {
    const other = `other-${email}`;
    await createUser(cognito.sdk, pool, other);
    await refused(update({ Name: "email", Value: other }), "AliasExistsException");
  });

  it("sends a code for an address again when asked, for a day", async () => {
    await update({ Name: "phone_number", Value: "+819012345678" });
    const ask = (AttributeName: string) =>
      cognito.sdk.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
    expect((await ask("phone_number")).CodeDeliveryDetails?.DeliveryMedium).toBe("SMS");
    cognito.clock.advance({ minutes: 50 });
    await verify("phone_number", await sentCode("+819012345678"));
    await refused(ask("name"), "InvalidParameterException");
    const get = new AdminGetUserCommand({ UserPoolId: pool, Username: email });
    expect((await cognito.sdk.send(get)).UserAttributes).toContainEqual({
      Name: "phone_number_verified",
      Value: "true",
    });
  });
});

it("deleting oneself leaves nobody to sign in, and a token of nobody", async () => {
  await cognito.sdk.send(new DeleteUserCommand({ AccessToken }));
  await refused(cognito.sdk.send(new GetUserCommand({ AccessToken })), "UserNotFoundException");
  await refused(signIn(cognito.sdk, pool, client, email), "UserNotFoundException");
});

it("all of it wants an access token that still counts", async () => {
  const { sdk } = cognito;
  cognito.clock.advance({ minutes: 60 });
  const expired = "Access Token has expired";
  await refused(update({ Name: "name", Value: "x" }), "NotAuthorizedException", expired);
  await refused(sdk.send(new DeleteUserCommand({ AccessToken })), "NotAuthorizedException", expired);
  await refused(verify("email", "123456"), "NotAuthorizedException", expired);
  const passwords = { PreviousPassword: PASSWORD, ProposedPassword: NEXT };
  await refused(
    sdk.send(new ChangePasswordCommand({ AccessToken, ...passwords })),
    "NotAuthorizedException",
    expired,
  );
});
