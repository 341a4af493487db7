import type { SignUpCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import {
  codeFor,
  countDone,
  createClient,
  createUser,
  listOf,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  outcomeOf,
  PASSWORD,
  secretHash,
  signIn,
  TENANT,
  tokensOf,
  wrong,
} from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const bench = await openBench({ PreventUserExistenceErrors: "LEGACY" });
const { target, sdk, pool, client, newPool, newClient, newUser, enter, enterBy, tokensFor } = bench;
const secretive = await newClient({ GenerateSecret: true });

const signedIn = (attributes: Record<string, string> = {}) => bench.signedIn({ attributes });
const UNWRITABLE = "A client attempted to write unauthorized attribute";
const CONFIRMED = "User cannot be confirmed. Current status is CONFIRMED";
const attributesOf = async (AccessToken: string) =>
  mapOf((await sdk.getUser({ AccessToken })).UserAttributes);
const storedAttributes = async (Username: string) =>
  mapOf((await sdk.adminGetUser({ UserPoolId: pool, Username })).UserAttributes);

describe("GetUser", () => {
  it("tells the name and the attributes that the client may read", async () => {
    const { AccessToken, email, username } = await signedIn({ name: "Bob", nickname: "Bobby" });
    const user = await sdk.getUser({ AccessToken });
    expect(user.Username).toBe(username);
    expect(mapOf(user.UserAttributes)).toEqual({
      sub: username,
      email,
      email_verified: "true",
      name: "Bob",
      [TENANT]: "acme",
    });
  });

  it("tells a client without a list everything, custom attributes too [unconfirmed]", async () => {
    const open = await newClient({ ReadAttributes: undefined });
    const { email } = await newUser({ attributes: { nickname: "Bobby" } });
    const { AccessToken } = tokensOf(await enterBy(open.id, email));
    const attributes = await attributesOf(AccessToken);
    expect(attributes).toMatchObject({ nickname: "Bobby", email, [TENANT]: "acme" });
  });
});

describe("UpdateUserAttributes", () => {
  const update = (AccessToken: string, attributes: Record<string, string>) =>
    sdk.updateUserAttributes({ AccessToken, UserAttributes: listOf(attributes) });

  it("changes what the client may write", async () => {
    const { AccessToken } = await signedIn();
    await update(AccessToken, { name: "Robert" });
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Robert" });
  });

  it.each([TENANT, "email_verified", "nickname", "sub"])(
    "does not change %s, which this client may not write: NotAuthorizedException",
    async (name) => {
      const { AccessToken, email } = await signedIn();
      await notAuthorized(update(AccessToken, { [name]: "globex" }), UNWRITABLE);
      expect((await storedAttributes(email))[TENANT]).toBe("acme");
    },
  );

  it("changes nothing of a list in which one thing is refused", async () => {
    const { AccessToken } = await signedIn({ name: "Bob" });
    await notAuthorized(update(AccessToken, { name: "Robert", [TENANT]: "globex" }));
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Bob" });
  });

  it("refuses an address that is none: InvalidParameterException", async () => {
    const { AccessToken } = await signedIn();
    await invalidParameter(update(AccessToken, { email: "no-address" }));
  });

  it("refuses the address of another: AliasExistsException", async () => {
    const { AccessToken } = await signedIn();
    const other = await newUser();
    await refused(update(AccessToken, { email: other.email }), "AliasExistsException");
  });

  it("calls a new address unverified, and says where its code went", async () => {
    const { AccessToken } = await signedIn();
    const email = newEmail();
    const { CodeDeliveryDetailsList } = await update(AccessToken, { email });
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "u***@a***" },
    ]);
    expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "false" });
    await tokensFor(email);
    if (!target.tellsMessages) return;
    const Code = await codeFor(target, email);
    await sdk.verifyUserAttribute({ AccessToken, AttributeName: "email", Code });
    expect(await attributesOf(AccessToken)).toMatchObject({ email_verified: "true" });
  });

  it.skipIf(!target.tellsMessages)(
    "keeps the old address until the code, where the pool says so",
    async () => {
      const careful = await newPool({
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      });
      const its = await createClient(target, careful);
      const { email } = await createUser(target, careful);
      const { AccessToken } = tokensOf(await signIn(target, careful, its.id, email));
      const next = newEmail("later");
      await update(AccessToken, { email: next });
      expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "true" });
      const again = { AccessToken, AttributeName: "email" };
      const asked = await sdk.getUserAttributeVerificationCode(again);
      expect(asked.CodeDeliveryDetails?.Destination).toBe("l***@a***");
      const Code = await codeFor(target, next);
      await sdk.verifyUserAttribute({ AccessToken, AttributeName: "email", Code });
      expect(await attributesOf(AccessToken)).toMatchObject({ email: next, email_verified: "true" });
    },
  );
});

describe("DeleteUserAttributes", () => {
  const remove = (AccessToken: string, ...UserAttributeNames: string[]) =>
    sdk.deleteUserAttributes({ AccessToken, UserAttributeNames });

  it("removes what the client may write", async () => {
    const { AccessToken } = await signedIn({ name: "Bob" });
    await remove(AccessToken, "name");
    expect(await attributesOf(AccessToken)).not.toHaveProperty("name");
  });

  it.each([TENANT, "email_verified", "nickname", "sub"])(
    "does not remove %s: NotAuthorizedException",
    async (name) => {
      const { AccessToken, email } = await signedIn();
      await notAuthorized(remove(AccessToken, name), UNWRITABLE);
      expect((await storedAttributes(email))[TENANT]).toBe("acme");
    },
  );
});

describe("GetUserAttributeVerificationCode and VerifyUserAttribute", () => {
  const ask = (AccessToken: string, AttributeName = "email") =>
    sdk.getUserAttributeVerificationCode({ AccessToken, AttributeName });
  const verify = (AccessToken: string, Code: string, AttributeName = "email") =>
    sdk.verifyUserAttribute({ AccessToken, AttributeName, Code });

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

  it.skipIf(!target.isOwn)("verify a phone with the code that was texted, good for a day", async () => {
    const phone_number = "+819012345678";
    const { AccessToken, email } = await signedIn({ phone_number });
    expect((await ask(AccessToken, "phone_number")).CodeDeliveryDetails?.DeliveryMedium).toBe("SMS");
    const code = await codeFor(target, phone_number);
    await target.later(3_000, () => verify(AccessToken, code, "phone_number"));
    expect(await storedAttributes(email)).toMatchObject({ phone_number_verified: "true" });
  });

  it("refuse a code that was never asked for: ExpiredCodeException [unconfirmed]", async () => {
    const { AccessToken } = await signedIn();
    await refused(verify(AccessToken, "123456"), "ExpiredCodeException");
  });

  it.each(["phone_number", "name"])("send nothing for %s: InvalidParameterException", async (name) => {
    const { AccessToken } = await signedIn();
    await invalidParameter(ask(AccessToken, name));
  });
});

describe("ChangePassword", () => {
  const change = (AccessToken: string, PreviousPassword: string, ProposedPassword: string) =>
    sdk.changePassword({ AccessToken, PreviousPassword, ProposedPassword });

  it("changes it for who knows the one before", async () => {
    const { AccessToken, email } = await signedIn();
    await change(AccessToken, PASSWORD, OTHER_PASSWORD);
    await tokensFor(email, OTHER_PASSWORD);
    await notAuthorized(enter(email));
  });

  it("refuses a wrong one: NotAuthorizedException", async () => {
    const { AccessToken, email } = await signedIn();
    await notAuthorized(
      change(AccessToken, "Wrong-one-9", OTHER_PASSWORD),
      /^Incorrect username or password\.$/,
    );
    await tokensFor(email);
  });

  it("holds the new one to the policy: InvalidPasswordException", async () => {
    const { AccessToken } = await signedIn();
    await refused(change(AccessToken, PASSWORD, "simple"), "InvalidPasswordException");
  });

  it("to two others at once ends with one of them", async () => {
    const { AccessToken } = await signedIn();
    const both = [OTHER_PASSWORD, "Third-horse-3"].map((next) => change(AccessToken, PASSWORD, next));
    expect(await countDone(both)).toBe(1);
  });

  it("is no way to guess the password: LimitExceededException", async () => {
    const { AccessToken } = await signedIn();
    let name = "";
    for (let at = 0; at < 25 && name !== "LimitExceededException"; at += 1) {
      name = await outcomeOf(change(AccessToken, "Wrong-one-9", OTHER_PASSWORD));
    }
    expect(name).toBe("LimitExceededException");
  });
});

describe("DeleteUser", () => {
  it("removes who asks for it, and what their tokens were good for", async () => {
    const { AccessToken, email: Username } = await signedIn();
    await sdk.deleteUser({ AccessToken });
    await refused(storedAttributes(Username), "UserNotFoundException");
    await refused(sdk.getUser({ AccessToken }), "UserNotFoundException");
    await refused(enter(Username), "UserNotFoundException");
  });
});

describe("SignUp", () => {
  const signUp = (Username: string, more: Partial<SignUpCommandInput> = {}) =>
    sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD, ...more });
  const confirm = (Username: string, ConfirmationCode: string) =>
    sdk.confirmSignUp({ ClientId: client.id, Username, ConfirmationCode });
  const resend = (Username: string) => sdk.resendConfirmationCode({ ClientId: client.id, Username });
  const statusOf = async (Username: string) =>
    (await sdk.adminGetUser({ UserPoolId: pool, Username })).UserStatus;

  it("makes an unconfirmed user and says where the code went", async () => {
    const email = newEmail();
    const answer = await signUp(email, { UserAttributes: listOf({ name: "Bob" }) });
    expect(answer).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "u***@a***" },
    });
    const user = await sdk.adminGetUser({ UserPoolId: pool, Username: email });
    expect([user.UserStatus, user.Username]).toEqual(["UNCONFIRMED", answer.UserSub]);
    await refused(enter(email), "UserNotConfirmedException", "User is not confirmed.");
  });

  it("of one name by several at once makes one user", async () => {
    const email = newEmail();
    expect(await countDone([signUp(email), signUp(email), signUp(email)])).toBe(1);
  });

  it("sends nothing in a pool that verifies nothing, and cannot: InvalidParameterException", async () => {
    const { id: ClientId } = await createClient(target, await newPool({ AutoVerifiedAttributes: undefined }));
    const Username = newEmail();
    expect((await signUp(Username, { ClientId })).CodeDeliveryDetails).toBeUndefined();
    const again = sdk.resendConfirmationCode({ ClientId, Username });
    const words = "Cannot resend codes. Auto verification not turned on.";
    await invalidParameter(again, words);
  });

  it("makes one user of a name: UsernameExistsException", async () => {
    const email = newEmail();
    await signUp(email);
    await refused(
      signUp(email),
      "UsernameExistsException",
      "An account with the given email already exists.",
    );
  });

  it.each([
    ["a tenant of their choice", { [TENANT]: "globex" }],
    ["a verified address", { email_verified: "true" }],
  ])("gives nobody %s: NotAuthorizedException", async (_, attributes) => {
    const email = newEmail();
    const attempt = signUp(email, { UserAttributes: listOf(attributes) });
    await notAuthorized(attempt, UNWRITABLE);
    await refused(statusOf(email), "UserNotFoundException");
  });

  it("holds the password to the policy: InvalidPasswordException", async () => {
    await refused(signUp(newEmail(), { Password: "simple" }), "InvalidPasswordException");
  });

  it("refuses a name that is no address: InvalidParameterException", async () => {
    await invalidParameter(signUp("bob"), "Username should be an email.");
  });

  it("is refused where administrators make the users: NotAuthorizedException", async () => {
    const closed = await newPool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const { id: ClientId } = await createClient(target, closed);
    await notAuthorized(signUp(newEmail(), { ClientId }), "SignUp is not permitted for this user pool");
  });

  it("of a client with a secret needs its hash: NotAuthorizedException", async () => {
    const email = newEmail();
    await notAuthorized(signUp(email, { ClientId: secretive.id }));
    await signUp(email, { ClientId: secretive.id, SecretHash: secretHash(secretive, email) });
  });

  describe.skipIf(!target.tellsMessages)("ConfirmSignUp", () => {
    const signedUp = async () => {
      const email = newEmail();
      await signUp(email);
      return { email, code: await codeFor(target, email) };
    };

    it("confirms the user and verifies the address with the code", async () => {
      const { email, code } = await signedUp();
      await confirm(email, code);
      expect(await statusOf(email)).toBe("CONFIRMED");
      expect(await storedAttributes(email)).toMatchObject({ email_verified: "true" });
      await tokensFor(email);
    });

    it("refuses a wrong code: CodeMismatchException", async () => {
      const { email, code } = await signedUp();
      const words = "Invalid verification code provided, please try again.";
      await refused(confirm(email, wrong(code)), "CodeMismatchException", words);
      await confirm(email, code);
    });

    it("confirms nobody twice: NotAuthorizedException", async () => {
      const { email, code } = await signedUp();
      await confirm(email, code);
      await notAuthorized(confirm(email, code), CONFIRMED);
    });

    it("takes the code that was sent again, and not the one before", async () => {
      const { email, code: first } = await signedUp();
      const { CodeDeliveryDetails } = await resend(email);
      expect(CodeDeliveryDetails).toMatchObject({ AttributeName: "email" });
      expect((await target.messagesTo(email))[0]?.kind).toBe("sign-up-again");
      const second = await codeFor(target, email);
      if (first !== second) await refused(confirm(email, first), "CodeMismatchException");
      await confirm(email, second);
    });

    it.skipIf(!target.isOwn)("takes a code for a day: ExpiredCodeException", async () => {
      const { email, code } = await signedUp();
      const words = "Invalid code provided, please request a code again.";
      await target.later(86_400, () => refused(confirm(email, code), "ExpiredCodeException", words));
      await target.later(86_300, () => confirm(email, code));
    });
  });

  it("is not confirmed for who does not exist: UserNotFoundException", async () => {
    await refused(confirm(newEmail(), "123456"), "UserNotFoundException");
    await refused(resend(newEmail()), "UserNotFoundException");
  });

  it("pretends to send and to know codes for who does not exist, where the client hides it", async () => {
    const { id: ClientId } = await newClient({ PreventUserExistenceErrors: "ENABLED" });
    const Username = newEmail("nobody");
    const guess = () => sdk.confirmSignUp({ ClientId, Username, ConfirmationCode: "123456" });
    await refused(guess(), "ExpiredCodeException", "Invalid code provided, please request a code again.");
    const sent = await sdk.resendConfirmationCode({ ClientId, Username });
    expect(sent.CodeDeliveryDetails?.Destination).toBe("n***@a***");
    const words = "Invalid verification code provided, please try again.";
    await refused(guess(), "CodeMismatchException", words);
    if (target.tellsMessages) expect(await target.messagesTo(Username)).toEqual([]);
  });

  it("sends no code again to who is confirmed: InvalidParameterException", async () => {
    const { email } = await newUser();
    await invalidParameter(resend(email), "User is already confirmed.");
  });

  it("is confirmed by an administrator without a code, once: NotAuthorizedException", async () => {
    const Username = newEmail();
    await signUp(Username);
    await sdk.adminConfirmSignUp({ UserPoolId: pool, Username });
    expect(await statusOf(Username)).toBe("CONFIRMED");
    expect(await storedAttributes(Username)).toMatchObject({ email_verified: "false" });
    const again = sdk.adminConfirmSignUp({ UserPoolId: pool, Username });
    await notAuthorized(again, CONFIRMED);
  });
});

describe("an access token", () => {
  it.skipIf(!target.isOwn)("opens nothing after an hour: NotAuthorizedException", async () => {
    const { AccessToken } = await signedIn();
    const passwords = { PreviousPassword: PASSWORD, ProposedPassword: OTHER_PASSWORD };
    const email = { AttributeName: "email", Code: "123456" };
    await target.later(3_600, async () => {
      // One after the other: a refusal that nobody waits for yet would be one that nobody handles.
      for (const call of [
        () => sdk.updateUserAttributes({ AccessToken, UserAttributes: listOf({ name: "x" }) }),
        () => sdk.deleteUser({ AccessToken }),
        () => sdk.verifyUserAttribute({ AccessToken, ...email }),
        () => sdk.changePassword({ AccessToken, ...passwords }),
      ]) {
        await notAuthorized(call(), "Access Token has expired");
      }
    });
  });

  it("of a disabled user opens nothing: NotAuthorizedException", async () => {
    const { AccessToken, email: Username } = await signedIn();
    await sdk.adminDisableUser({ UserPoolId: pool, Username });
    await notAuthorized(sdk.getUser({ AccessToken }));
  });
});
