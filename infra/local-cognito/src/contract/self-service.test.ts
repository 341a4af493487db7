import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  ChangePasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  type SignUpCommandInput,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ContractClient,
  codeFor,
  createClient,
  createPool,
  createUser,
  listOf,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  secretHash,
  signIn,
  TENANT,
  tokensOf,
  wrong,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
let pool: string;
let client: ContractClient;
let secretive: ContractClient;
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool, { PreventUserExistenceErrors: "LEGACY" });
  secretive = await createClient(target, pool, { GenerateSecret: true });
});
afterAll(() => target.close());

async function signedIn(attributes: Record<string, string> = {}) {
  const user = await createUser(target, pool, { attributes });
  const { AccessToken } = tokensOf(await signIn(target, pool, client.id, user.email));
  return { ...user, AccessToken };
}
const attributesOf = async (AccessToken: string) =>
  mapOf((await sdk.send(new GetUserCommand({ AccessToken }))).UserAttributes);
const storedAttributes = async (Username: string) =>
  mapOf((await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username }))).UserAttributes);

describe("GetUser", () => {
  it("tells the name and the attributes that the client may read", async () => {
    const { AccessToken, email, username } = await signedIn({ name: "Bob", nickname: "Bobby" });
    const user = await sdk.send(new GetUserCommand({ AccessToken }));
    expect(user.Username).toBe(username);
    expect(mapOf(user.UserAttributes)).toEqual({
      sub: username,
      email,
      email_verified: "true",
      name: "Bob",
      [TENANT]: "acme",
    });
  });

  it("tells a client without a list the standard attributes, and no custom one", async () => {
    const open = await createClient(target, pool, { ReadAttributes: undefined });
    const { email } = await createUser(target, pool, { attributes: { nickname: "Bobby" } });
    const { AccessToken } = tokensOf(await signIn(target, pool, open.id, email));
    const attributes = await attributesOf(AccessToken);
    expect(attributes).toMatchObject({ nickname: "Bobby", email });
    expect(attributes).not.toHaveProperty([TENANT]);
  });
});

describe("UpdateUserAttributes", () => {
  const update = (AccessToken: string, attributes: Record<string, string>) =>
    sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: listOf(attributes) }));

  it("changes what the client may write", async () => {
    const { AccessToken } = await signedIn();
    await update(AccessToken, { name: "Robert" });
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Robert" });
  });

  it.each([TENANT, "email_verified", "nickname"])(
    "does not change %s, which this client may not write: NotAuthorizedException",
    async (name) => {
      const { AccessToken, email } = await signedIn();
      await refused(update(AccessToken, { [name]: "globex" }), "NotAuthorizedException");
      expect((await storedAttributes(email))[TENANT]).toBe("acme");
    },
  );

  it("changes nothing of a list in which one thing is refused", async () => {
    const { AccessToken } = await signedIn({ name: "Bob" });
    await refused(update(AccessToken, { name: "Robert", [TENANT]: "globex" }), "NotAuthorizedException");
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Bob" });
  });

  it("refuses an address that is none: InvalidParameterException", async () => {
    const { AccessToken } = await signedIn();
    await refused(update(AccessToken, { email: "no-address" }), "InvalidParameterException");
  });

  it("refuses the address of another: AliasExistsException", async () => {
    const { AccessToken } = await signedIn();
    const other = await createUser(target, pool);
    await refused(update(AccessToken, { email: other.email }), "AliasExistsException");
  });

  it("calls a new address unverified, and says where its code went", async () => {
    const { AccessToken } = await signedIn();
    const email = newEmail();
    const { CodeDeliveryDetailsList } = await update(AccessToken, { email });
    expect(CodeDeliveryDetailsList).toMatchObject([{ AttributeName: "email", DeliveryMedium: "EMAIL" }]);
    expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "false" });
  });

  it.skipIf(!target.tellsMessages)(
    "keeps the old address until the code, where the pool says so",
    async () => {
      const careful = await createPool(target, {
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      });
      const its = await createClient(target, careful);
      const { email } = await createUser(target, careful);
      const { AccessToken } = tokensOf(await signIn(target, careful, its.id, email));
      const next = newEmail();
      await update(AccessToken, { email: next });
      expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "true" });
      const Code = await codeFor(target, next);
      await sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
      expect(await attributesOf(AccessToken)).toMatchObject({ email: next, email_verified: "true" });
    },
  );
});

describe("DeleteUserAttributes", () => {
  const remove = (AccessToken: string, ...UserAttributeNames: string[]) =>
    sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames }));

  it("removes what the client may write", async () => {
    const { AccessToken } = await signedIn({ name: "Bob" });
    await remove(AccessToken, "name");
    expect(await attributesOf(AccessToken)).not.toHaveProperty("name");
  });

  it("does not remove the tenant: NotAuthorizedException", async () => {
    const { AccessToken, email } = await signedIn();
    await refused(remove(AccessToken, TENANT), "NotAuthorizedException");
    expect((await storedAttributes(email))[TENANT]).toBe("acme");
  });
});

describe("GetUserAttributeVerificationCode and VerifyUserAttribute", () => {
  const ask = (AccessToken: string, AttributeName = "email") =>
    sdk.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
  const verify = (AccessToken: string, Code: string) =>
    sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));

  it("tell where the code went", async () => {
    const { AccessToken } = await signedIn();
    const { CodeDeliveryDetails } = await ask(AccessToken);
    expect(CodeDeliveryDetails).toMatchObject({ AttributeName: "email", DeliveryMedium: "EMAIL" });
  });

  it.skipIf(!target.tellsMessages)("verify the address with the code, once", async () => {
    const { AccessToken, email } = await signedIn({ email_verified: "false" });
    await ask(AccessToken);
    const code = await codeFor(target, email);
    await refused(verify(AccessToken, wrong(code)), "CodeMismatchException");
    await verify(AccessToken, code);
    expect(await attributesOf(AccessToken)).toMatchObject({ email_verified: "true" });
    await refused(verify(AccessToken, code), "ExpiredCodeException");
  });

  it("refuse a code that was never asked for: ExpiredCodeException [unconfirmed]", async () => {
    const { AccessToken } = await signedIn();
    await refused(verify(AccessToken, "123456"), "ExpiredCodeException");
  });

  it.each(["phone_number", "name"])("send nothing for %s: InvalidParameterException", async (name) => {
    const { AccessToken } = await signedIn();
    await refused(ask(AccessToken, name), "InvalidParameterException");
  });
});

describe("ChangePassword", () => {
  const change = (AccessToken: string, PreviousPassword: string, ProposedPassword: string) =>
    sdk.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));

  it("changes it for who knows the one before", async () => {
    const { AccessToken, email } = await signedIn();
    await change(AccessToken, PASSWORD, OTHER_PASSWORD);
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
    await refused(signIn(target, pool, client.id, email), "NotAuthorizedException");
  });

  it("refuses a wrong one: NotAuthorizedException", async () => {
    const { AccessToken, email } = await signedIn();
    await refused(change(AccessToken, "Wrong-one-9", OTHER_PASSWORD), "NotAuthorizedException");
    tokensOf(await signIn(target, pool, client.id, email));
  });

  it("holds the new one to the policy: InvalidPasswordException", async () => {
    const { AccessToken } = await signedIn();
    await refused(change(AccessToken, PASSWORD, "simple"), "InvalidPasswordException");
  });

  it("is no way to guess the password: LimitExceededException", async () => {
    const { AccessToken } = await signedIn();
    let name = "";
    for (let at = 0; at < 25 && name !== "LimitExceededException"; at += 1) {
      name = await change(AccessToken, "Wrong-one-9", OTHER_PASSWORD).then(
        () => "done",
        (error: Error) => error.name,
      );
    }
    expect(name).toBe("LimitExceededException");
  });
});

describe("DeleteUser", () => {
  it("removes who asks for it, and what their tokens were good for", async () => {
    const { AccessToken, email: Username } = await signedIn();
    await sdk.send(new DeleteUserCommand({ AccessToken }));
    const look = sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username }));
    await refused(look, "UserNotFoundException");
    await refused(sdk.send(new GetUserCommand({ AccessToken })), "UserNotFoundException");
  });
});

describe("SignUp", () => {
  const signUp = (Username: string, more: Partial<SignUpCommandInput> = {}) =>
    sdk.send(new SignUpCommand({ ClientId: client.id, Username, Password: PASSWORD, ...more }));
  const confirm = (Username: string, ConfirmationCode: string) =>
    sdk.send(new ConfirmSignUpCommand({ ClientId: client.id, Username, ConfirmationCode }));
  const resend = (Username: string) =>
    sdk.send(new ResendConfirmationCodeCommand({ ClientId: client.id, Username }));
  const statusOf = async (Username: string) =>
    (await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username }))).UserStatus;

  it("makes an unconfirmed user and says where the code went", async () => {
    const email = newEmail();
    const answer = await signUp(email, { UserAttributes: listOf({ name: "Bob" }) });
    expect(answer).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL" },
    });
    expect(await statusOf(email)).toBe("UNCONFIRMED");
  });

  it("makes one user of a name: UsernameExistsException", async () => {
    const email = newEmail();
    await signUp(email);
    await refused(signUp(email), "UsernameExistsException");
  });

  it("gives nobody a tenant of their choice: NotAuthorizedException", async () => {
    const attempt = signUp(newEmail(), { UserAttributes: listOf({ [TENANT]: "globex" }) });
    await refused(attempt, "NotAuthorizedException");
  });

  it("holds the password to the policy: InvalidPasswordException", async () => {
    await refused(signUp(newEmail(), { Password: "simple" }), "InvalidPasswordException");
  });

  it("refuses a name that is no address: InvalidParameterException", async () => {
    await refused(signUp("bob"), "InvalidParameterException");
  });

  it("is refused where administrators make the users: NotAuthorizedException", async () => {
    const closed = await createPool(target, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const its = await createClient(target, closed);
    await refused(signUp(newEmail(), { ClientId: its.id }), "NotAuthorizedException");
  });

  it("of a client with a secret needs its hash: NotAuthorizedException", async () => {
    const email = newEmail();
    await refused(signUp(email, { ClientId: secretive.id }), "NotAuthorizedException");
    await signUp(email, { ClientId: secretive.id, SecretHash: secretHash(secretive, email) });
  });

  describe.skipIf(!target.tellsMessages)("ConfirmSignUp", () => {
    it("confirms the user and verifies the address with the code", async () => {
      const email = newEmail();
      await signUp(email);
      await confirm(email, await codeFor(target, email));
      expect(await statusOf(email)).toBe("CONFIRMED");
      expect(await storedAttributes(email)).toMatchObject({ email_verified: "true" });
      tokensOf(await signIn(target, pool, client.id, email));
    });

    it("refuses a wrong code: CodeMismatchException", async () => {
      const email = newEmail();
      await signUp(email);
      const code = await codeFor(target, email);
      await refused(confirm(email, wrong(code)), "CodeMismatchException");
      await confirm(email, code);
    });

    it("confirms nobody twice: NotAuthorizedException", async () => {
      const email = newEmail();
      await signUp(email);
      const code = await codeFor(target, email);
      await confirm(email, code);
      await refused(confirm(email, code), "NotAuthorizedException");
    });

    it("takes the code that was sent again, and not the one before", async () => {
      const email = newEmail();
      await signUp(email);
      const first = await codeFor(target, email);
      const { CodeDeliveryDetails } = await resend(email);
      expect(CodeDeliveryDetails).toMatchObject({ AttributeName: "email" });
      const second = await codeFor(target, email);
      if (first !== second) await refused(confirm(email, first), "CodeMismatchException");
      await confirm(email, second);
    });

    it.skipIf(!target.isOwn)("takes a code for a day: ExpiredCodeException", async () => {
      const email = newEmail();
      await signUp(email);
      const code = await codeFor(target, email);
      await target.later(86_401, () => refused(confirm(email, code), "ExpiredCodeException"));
      await target.later(86_300, () => confirm(email, code));
    });
  });

  it("is not confirmed for who does not exist: UserNotFoundException", async () => {
    await refused(confirm(newEmail(), "123456"), "UserNotFoundException");
    await refused(resend(newEmail()), "UserNotFoundException");
  });

  it("sends no code again to who is confirmed: InvalidParameterException", async () => {
    const { email } = await createUser(target, pool);
    await refused(resend(email), "InvalidParameterException");
  });

  it("is confirmed by an administrator without a code, once: NotAuthorizedException", async () => {
    const Username = newEmail();
    await signUp(Username);
    await sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username }));
    expect(await statusOf(Username)).toBe("CONFIRMED");
    const again = sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username }));
    await refused(again, "NotAuthorizedException");
  });
});

describe("an access token", () => {
  it("of a disabled user opens nothing: NotAuthorizedException", async () => {
    const { AccessToken, email: Username } = await signedIn();
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
    await refused(sdk.send(new GetUserCommand({ AccessToken })), "NotAuthorizedException");
  });
});
