import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import {
  codeFor,
  createClient,
  createUser,
  listOf,
  newEmail,
  OTHER_PASSWORD,
  outcomeOf,
  PASSWORD,
  secretHash,
  wrong,
} from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const { target, sdk, pool, client, newPool, newClient, newUser, enter, tokensFor } = await openBench({
  PreventUserExistenceErrors: "LEGACY",
});
const hiding = await newClient({ PreventUserExistenceErrors: "ENABLED" });
const secretive = await newClient({ GenerateSecret: true });

const forget = (Username: string, ClientId = client.id, SecretHash?: string) =>
  sdk.forgotPassword({ ClientId, Username, SecretHash });
const confirm = (
  Username: string,
  ConfirmationCode: string,
  Password = OTHER_PASSWORD,
  ClientId = client.id,
) => sdk.confirmForgotPassword({ ClientId, Username, ConfirmationCode, Password });
const statusOf = async (Username: string) =>
  (await sdk.adminGetUser({ UserPoolId: pool, Username })).UserStatus;

/** Who was mailed a code. */
async function forgetful() {
  const { email } = await newUser();
  await forget(email);
  return { email, code: await codeFor(target, email) };
}

const MISMATCH = "Invalid verification code provided, please try again.";
const EXPIRED = "Invalid code provided, please request a code again.";
const LIMIT = "Attempt limit exceeded, please try after some time.";
const STATE = "User password cannot be reset in the current state.";

describe("ForgotPassword", () => {
  it("tells where the code goes, and no more of the address than that", async () => {
    const { email } = await newUser();
    const { CodeDeliveryDetails } = await forget(email);
    expect(CodeDeliveryDetails).toMatchObject({ AttributeName: "email", DeliveryMedium: "EMAIL" });
    expect(CodeDeliveryDetails?.Destination).toMatch(/^u\*+@a\*+$/);
    if (!target.tellsMessages) return;
    const [mail] = await target.messagesTo(email);
    expect(mail).toMatchObject({ kind: "forgotten-password", subject: "Your verification code" });
  });

  it("tells of the verified phone first, but not when that is the second factor", async () => {
    const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };
    const texting = await newPool({ SmsConfiguration });
    await sdk.setUserPoolMfaConfig({
      UserPoolId: texting,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration },
    });
    const { id } = await createClient(target, texting);
    const phone = { phone_number: "+819012345678", phone_number_verified: "true" };
    const { email: Username } = await createUser(target, texting, { attributes: phone });
    const texted = (await forget(Username, id)).CodeDeliveryDetails;
    expect(texted).toMatchObject({ DeliveryMedium: "SMS", Destination: "+********5678" });
    const SMSMfaSettings = { Enabled: true };
    await sdk.adminSetUserMFAPreference({ UserPoolId: texting, Username, SMSMfaSettings });
    expect((await forget(Username, id)).CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
  });

  it("says who does not exist, where the client does not hide it: UserNotFoundException", async () => {
    await refused(forget(newEmail()), "UserNotFoundException");
  });

  it("pretends for who does not exist, where it does", async () => {
    const { CodeDeliveryDetails } = await forget(newEmail(), hiding.id);
    expect(CodeDeliveryDetails).toMatchObject({ DeliveryMedium: "EMAIL", Destination: expect.any(String) });
  });

  it("sends nothing to an address that is not verified: InvalidParameterException", async () => {
    const { email } = await newUser({ attributes: { email_verified: "false" } });
    const words =
      "Cannot reset password for the user as there is no registered/verified email or phone_number";
    await invalidParameter(forget(email), words);
  });

  it("is refused to a disabled user: NotAuthorizedException [unconfirmed]", async () => {
    const { email: Username } = await newUser();
    await sdk.adminDisableUser({ UserPoolId: pool, Username });
    await notAuthorized(forget(Username), "User is disabled.");
  });

  it("is refused to who never chose a password: NotAuthorizedException", async () => {
    const { email } = await newUser({ temporary: true });
    await notAuthorized(forget(email), STATE);
  });

  it("is refused where only administrators reset: NotAuthorizedException", async () => {
    const strict = await newPool({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    });
    const other = await createClient(target, strict, { PreventUserExistenceErrors: "ENABLED" });
    const { email } = await createUser(target, strict);
    for (const name of [email, newEmail()]) {
      await notAuthorized(forget(name, other.id), "Contact administrator to reset password.");
    }
  });

  it("of a client with a secret needs its hash: NotAuthorizedException", async () => {
    const { email } = await newUser();
    await notAuthorized(forget(email, secretive.id));
    await notAuthorized(forget(email, secretive.id, "AAAA"));
    await forget(email, secretive.id, secretHash(secretive, email));
  });

  it("leaves the old password in force until the code is used", async () => {
    const { email } = await newUser();
    await forget(email);
    await tokensFor(email);
  });
});

describe.skipIf(!target.tellsMessages)("ConfirmForgotPassword", () => {
  it("sets the password with the code that was mailed", async () => {
    const { email, code } = await forgetful();
    await confirm(email, code);
    await tokensFor(email, OTHER_PASSWORD);
    await notAuthorized(enter(email, PASSWORD));
  });

  it("refuses a wrong code, and takes the right one after it: CodeMismatchException", async () => {
    const { email, code } = await forgetful();
    await refused(confirm(email, wrong(code)), "CodeMismatchException", MISMATCH);
    await confirm(email, code);
  });

  it("takes a code once: ExpiredCodeException", async () => {
    const { email, code } = await forgetful();
    await confirm(email, code);
    await refused(confirm(email, code, "Yet-another-3"), "ExpiredCodeException", EXPIRED);
    await tokensFor(email, OTHER_PASSWORD);
  });

  it("takes only the newest code: CodeMismatchException", async () => {
    const { email, code: first } = await forgetful();
    await forget(email);
    const second = await codeFor(target, email);
    if (first !== second) await refused(confirm(email, first), "CodeMismatchException");
    await confirm(email, second);
  });

  it("takes nobody else's code: CodeMismatchException", async () => {
    const [one, two] = [await forgetful(), await forgetful()];
    if (one.code !== two.code) await refused(confirm(two.email, one.code), "CodeMismatchException");
  });

  it("refuses a code that was never asked for: ExpiredCodeException", async () => {
    const { email } = await newUser();
    await refused(confirm(email, "123456"), "ExpiredCodeException", EXPIRED);
  });

  it("refuses a code that went to the address of before: ExpiredCodeException", async () => {
    const { email, code } = await forgetful();
    const next = newEmail();
    const UserAttributes = listOf({ email: next, email_verified: "true" });
    await sdk.adminUpdateUserAttributes({ UserPoolId: pool, Username: email, UserAttributes });
    await refused(confirm(next, code), "ExpiredCodeException", EXPIRED);
  });

  it("of a client with a secret needs its hash: NotAuthorizedException", async () => {
    const { email: Username } = await newUser();
    const SecretHash = secretHash(secretive, Username);
    await forget(Username, secretive.id, SecretHash);
    const ConfirmationCode = await codeFor(target, Username);
    const request = { ClientId: secretive.id, Username, ConfirmationCode, Password: OTHER_PASSWORD };
    await notAuthorized(sdk.confirmForgotPassword(request));
    await sdk.confirmForgotPassword({ ...request, SecretHash });
  });

  it("holds the password to the policy and keeps the code: InvalidPasswordException", async () => {
    const { email, code } = await forgetful();
    await refused(confirm(email, code, "simple"), "InvalidPasswordException");
    await confirm(email, code);
  });

  it("says who does not exist, where the client does not hide it: UserNotFoundException", async () => {
    await refused(confirm(newEmail(), "123456"), "UserNotFoundException");
  });

  it("gives the same answers all the way for who does not exist, or is disabled, where it does", async () => {
    const told = (request: Promise<object>) =>
      request.then(
        (answered) => JSON.stringify({ ...answered, $metadata: undefined }),
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const story = async (name: string) => {
      const guess = (password = OTHER_PASSWORD) => told(confirm(name, "wrong!", password, hiding.id));
      const begun = [await guess(), await told(forget(name, hiding.id)), await guess(), await guess("weak")];
      return [...begun, ...(await Promise.all([guess(), guess(), guess(), guess()])), await guess()];
    };
    const { email } = await newUser();
    const { email: disabled } = await newUser();
    await sdk.adminDisableUser({ UserPoolId: pool, Username: disabled });
    const known = await story(email);
    expect(known[0]).toBe(`ExpiredCodeException: ${EXPIRED}`);
    expect(known[2]).toBe(`CodeMismatchException: ${MISMATCH}`);
    expect(known.at(-1)).toBe(`LimitExceededException: ${LIMIT}`);
    for (const name of [newEmail(), disabled]) expect(await story(name)).toEqual(known);
    // Somebody without a verified address: the code is only said to have been sent.
    const { email: silent } = await newUser({ attributes: { email_verified: "false" } });
    expect(await told(forget(silent, hiding.id))).toBe(known[1]);
    for (const name of [silent, disabled]) expect(await target.messagesTo(name)).toEqual([]);
  });

  it("stops after too many wrong codes, even for the right one: LimitExceededException", async () => {
    const { email, code } = await forgetful();
    let name = "";
    for (let at = 0; at < 21 && name !== "LimitExceededException"; at += 1) {
      name = await outcomeOf(confirm(email, wrong(code)));
    }
    expect(name).toBe("LimitExceededException");
    await refused(confirm(email, code), "LimitExceededException", LIMIT);
  });

  it.skipIf(!target.isOwn)("stops after five in an hour, whether or not new codes are sent", async () => {
    const { email } = await newUser();
    await forget(email);
    for (let tries = 0; tries < 5; tries += 1) {
      if (tries === 3) await forget(email);
      const guess = wrong(await codeFor(target, email));
      await refused(confirm(email, guess), "CodeMismatchException", MISMATCH);
    }
    await forget(email);
    await refused(confirm(email, await codeFor(target, email)), "LimitExceededException", LIMIT);
    await target.later(3_600, async () => {
      await forget(email);
      await confirm(email, await codeFor(target, email));
    });
  });

  it.skipIf(!target.isOwn)("mails twenty codes in an hour: LimitExceededException", async () => {
    const { email } = await newUser();
    for (let times = 0; times < 20; times += 1) await forget(email);
    await refused(forget(email), "LimitExceededException", LIMIT);
    expect(await target.messagesTo(email)).toHaveLength(20);
  });

  it.skipIf(!target.isOwn)("takes a code for an hour: ExpiredCodeException", async () => {
    const { email, code } = await forgetful();
    await target.later(3_600, () => refused(confirm(email, code), "ExpiredCodeException", EXPIRED));
    await target.later(3_500, () => confirm(email, code));
  });

  it("ends a lockout", async () => {
    const { email } = await newUser();
    for (let at = 0; at < 6; at += 1) await notAuthorized(enter(email, OTHER_PASSWORD));
    await forget(email);
    await confirm(email, await codeFor(target, email));
    await tokensFor(email, OTHER_PASSWORD);
  });
});

describe("AdminResetUserPassword", () => {
  const reset = (Username: string) => sdk.adminResetUserPassword({ UserPoolId: pool, Username });

  it("sets the status RESET_REQUIRED, in which no password signs in: PasswordResetRequiredException", async () => {
    const { email } = await newUser();
    await reset(email);
    expect(await statusOf(email)).toBe("RESET_REQUIRED");
    const words = "Password reset required for the user";
    await refused(enter(email), "PasswordResetRequiredException", words);
  });

  it.skipIf(!target.tellsMessages)("sends a code by which the user gets in again", async () => {
    const { email } = await newUser();
    await reset(email);
    await confirm(email, await codeFor(target, email));
    expect(await statusOf(email)).toBe("CONFIRMED");
    await tokensFor(email, OTHER_PASSWORD);
  });

  it("needs a verified address: InvalidParameterException", async () => {
    const { email } = await newUser({ attributes: { email_verified: "false" } });
    await invalidParameter(reset(email));
  });

  it("is refused for who has a temporary password: NotAuthorizedException", async () => {
    const { email } = await newUser({ temporary: true });
    await notAuthorized(reset(email), STATE);
  });
});
