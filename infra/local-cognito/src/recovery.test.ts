import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { secretHash } from "./rules/secret-hash";
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
} from "./testing/cognito";

const NEXT = "Another-horse-2";
const MISMATCH = "Invalid verification code provided, please try again.";
const EXPIRED = "Invalid code provided, please request a code again.";
const LIMIT = "Attempt limit exceeded, please try after some time.";
const PHONE = "+819012345678";
let cognito: TestCognito;
let pool: string;
let client: string;
/** PreventUserExistenceErrors. */
let hiding: string;
let email: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito({}, { maxAttempts: 1 });
  pool = await createPool(cognito.sdk);
  client = (await createClient(cognito.sdk, pool)).id;
  hiding = (await createClient(cognito.sdk, pool, { PreventUserExistenceErrors: "ENABLED" })).id;
});
afterAll(() => cognito.stop());
beforeEach(() => {
  email = `user${number++}@acme.example`;
});

const forgot = (Username = email, ClientId = client) =>
  cognito.sdk.send(new ForgotPasswordCommand({ ClientId, Username }));
const confirm = (ConfirmationCode: string, Password = NEXT, Username = email, ClientId = client) =>
  cognito.sdk.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
const sentCode = async (to = email) => {
  const [message] = await messagesTo(cognito, to);
  return /\d{6}/.exec(message?.body ?? "")?.[0] ?? "";
};
/** A code that is certainly not the one. */
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("a forgotten password", () => {
  it("is replaced with the mailed code, which works once", async () => {
    await createUser(cognito.sdk, pool, email);
    const { CodeDeliveryDetails } = await forgot();
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "u***@a***",
    });
    const [mail] = await messagesTo(cognito, email);
    expect(mail).toMatchObject({ kind: "forgotten-password", subject: "Your verification code" });
    const code = await sentCode();
    await confirm(code);
    await refused(signIn(cognito.sdk, pool, client, email), "NotAuthorizedException");
    expect((await signIn(cognito.sdk, pool, client, email, NEXT)).AuthenticationResult).toBeDefined();
    await refused(confirm(code, "Third-horse-3"), "ExpiredCodeException", EXPIRED);
  });

  it("stays what it is for a wrong or late code, and a weak password does not use the code up", async () => {
    await createUser(cognito.sdk, pool, email);
    await refused(confirm("123456"), "ExpiredCodeException", EXPIRED);
    await forgot();
    const code = await sentCode();
    await refused(confirm(otherThan(code)), "CodeMismatchException", MISMATCH);
    await refused(confirm(code, "weak"), "InvalidPasswordException");
    cognito.clock.advance({ minutes: 59 });
    await forgot();
    await refused(confirm(code), "CodeMismatchException", MISMATCH);
    const second = await sentCode();
    cognito.clock.advance({ minutes: 60 });
    await refused(confirm(second), "ExpiredCodeException", EXPIRED);
    expect((await signIn(cognito.sdk, pool, client, email)).AuthenticationResult).toBeDefined();
  });

  it("can be guessed at five times in an hour, whether or not new codes are sent", async () => {
    await createUser(cognito.sdk, pool, email);
    await forgot();
    for (let tries = 0; tries < 5; tries++) {
      if (tries === 3) await forgot();
      await refused(confirm(otherThan(await sentCode())), "CodeMismatchException", MISMATCH);
    }
    await refused(confirm(await sentCode()), "LimitExceededException", LIMIT);
    await forgot();
    await refused(confirm(await sentCode()), "LimitExceededException", LIMIT);
    cognito.clock.advance({ minutes: 60 });
    await forgot();
    await confirm(await sentCode());
  });

  it("is mailed about twenty times in an hour, and then no more", async () => {
    await createUser(cognito.sdk, pool, email);
    for (let times = 0; times < 20; times++) await forgot();
    await refused(forgot(), "LimitExceededException", LIMIT);
    expect(await messagesTo(cognito, email)).toHaveLength(20);
  });

  it("once replaced ends a lockout", async () => {
    await createUser(cognito.sdk, pool, email);
    for (let tries = 0; tries < 8; tries++)
      await signIn(cognito.sdk, pool, client, email, "nope").catch(() => 0);
    await forgot();
    await confirm(await sentCode());
    expect((await signIn(cognito.sdk, pool, client, email, NEXT)).AuthenticationResult).toBeDefined();
  });

  it("goes to the verified phone first, but not when that is the second factor", async () => {
    const phone = { phone_number: PHONE, phone_number_verified: "true" };
    await createUser(cognito.sdk, pool, email, { attributes: phone });
    expect((await forgot()).CodeDeliveryDetails).toMatchObject({
      DeliveryMedium: "SMS",
      Destination: "+********5678",
    });
    const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };
    await cognito.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool,
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: { SmsConfiguration },
      }),
    );
    const SMSMfaSettings = { Enabled: true };
    await cognito.sdk.send(
      new AdminSetUserMFAPreferenceCommand({ UserPoolId: pool, Username: email, SMSMfaSettings }),
    );
    expect((await forgot()).CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
  });

  it("is useless to whoever has the mailbox that was the user's before", async () => {
    await createUser(cognito.sdk, pool, email);
    await forgot();
    const code = await sentCode();
    const UserAttributes = [
      { Name: "email", Value: `new-${email}` },
      { Name: "email_verified", Value: "true" },
    ];
    await cognito.sdk.send(
      new AdminUpdateUserAttributesCommand({ UserPoolId: pool, Username: email, UserAttributes }),
    );
    await refused(confirm(code, NEXT, `new-${email}`), "ExpiredCodeException", EXPIRED);
  });

  it("wants the SecretHash of a client with a secret", async () => {
    const { id, secret } = await createClient(cognito.sdk, pool, { GenerateSecret: true });
    await createUser(cognito.sdk, pool, email);
    await refused(forgot(email, id), "NotAuthorizedException");
    const SecretHash = secretHash(secret, email, id);
    await cognito.sdk.send(new ForgotPasswordCommand({ ClientId: id, Username: email, SecretHash }));
    const ConfirmationCode = await sentCode();
    await refused(confirm(ConfirmationCode, NEXT, email, id), "NotAuthorizedException");
    await cognito.sdk.send(
      new ConfirmForgotPasswordCommand({
        ClientId: id,
        Username: email,
        SecretHash,
        ConfirmationCode,
        Password: NEXT,
      }),
    );
  });
});

describe("who cannot be sent a code", () => {
  it("is told why, where the client does not hide it", async () => {
    await refused(forgot("nobody@acme.example"), "UserNotFoundException");
    await refused(confirm("123456", NEXT, "nobody@acme.example"), "UserNotFoundException");
    await createUser(cognito.sdk, pool, email, { attributes: { email_verified: "false" } });
    await refused(
      forgot(),
      "InvalidParameterException",
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
    await cognito.sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username: email }));
    await refused(forgot(), "NotAuthorizedException", "User is disabled.");
    const invited = `invited-${email}`;
    await createUser(cognito.sdk, pool, invited, { temporary: true });
    const state = "User password cannot be reset in the current state.";
    await refused(forgot(invited), "NotAuthorizedException", state);
  });

  it("is nobody in particular, where the client hides it: the same answers all the way", async () => {
    const { sdk } = cognito;
    await createUser(sdk, pool, email);
    const disabled = `u-disabled${number}@acme.example`;
    await createUser(sdk, pool, disabled);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username: disabled }));
    const unverified = `u-unverified${number}@acme.example`;
    await createUser(sdk, pool, unverified, { attributes: { email_verified: "false" } });

    const told = async (request: Promise<object>) =>
      await request.then(
        (answer) => JSON.stringify({ ...answer, $metadata: undefined }),
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const story = async (name: string) => [
      await told(confirm("000000", NEXT, name, hiding)),
      await told(forgot(name, hiding)),
      await told(confirm("wrong!", NEXT, name, hiding)),
      await told(confirm("wrong!", "weak", name, hiding)),
      ...(await Promise.all([1, 2, 3, 4].map(() => told(confirm("wrong!", NEXT, name, hiding))))),
      await told(confirm("wrong!", NEXT, name, hiding)),
    ];
    const known = await story(email);
    expect(known[0]).toBe(`ExpiredCodeException: ${EXPIRED}`);
    expect(known[1]).toContain('"Destination":"u***@a***"');
    expect(known[2]).toBe(`CodeMismatchException: ${MISMATCH}`);
    expect(known.at(-1)).toBe(`LimitExceededException: ${LIMIT}`);
    for (const name of ["unknown@acme.example", disabled]) expect(await story(name)).toEqual(known);
    // Somebody without a verified address: the code is only said to have been sent.
    expect(await told(forgot(unverified, hiding))).toBe(known[1]);
    expect(await messagesTo(cognito, unverified)).toEqual([]);
    expect(await messagesTo(cognito, disabled)).toEqual([]);
  });

  it("asks an administrator, where the pool says so", async () => {
    const strict = await createPool(cognito.sdk, {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "admin_only" }] },
    });
    const { id } = await createClient(cognito.sdk, strict, { PreventUserExistenceErrors: "ENABLED" });
    await createUser(cognito.sdk, strict, email);
    for (const name of [email, "nobody@acme.example"]) {
      const message = "Contact administrator to reset password.";
      await refused(forgot(name, id), "NotAuthorizedException", message);
    }
  });
});

describe("a password that an administrator resets", () => {
  const reset = (Username = email) =>
    cognito.sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username }));

  it("does not sign in any more, and its owner is mailed the way to a new one", async () => {
    await createUser(cognito.sdk, pool, email);
    await reset();
    await refused(
      signIn(cognito.sdk, pool, client, email, PASSWORD),
      "PasswordResetRequiredException",
      "Password reset required for the user",
    );
    const get = () => cognito.sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    expect((await get()).UserStatus).toBe("RESET_REQUIRED");
    await confirm(await sentCode());
    expect((await get()).UserStatus).toBe("CONFIRMED");
    expect((await signIn(cognito.sdk, pool, client, email, NEXT)).AuthenticationResult).toBeDefined();
  });

  it("cannot be one that was never chosen, or one whose owner cannot be reached", async () => {
    await createUser(cognito.sdk, pool, email, { temporary: true });
    const state = "User password cannot be reset in the current state.";
    await refused(reset(), "NotAuthorizedException", state);
    const unverified = `unverified-${email}`;
    await createUser(cognito.sdk, pool, unverified, { attributes: { email_verified: "false" } });
    await refused(reset(unverified), "InvalidParameterException");
    await refused(reset("nobody@acme.example"), "UserNotFoundException");
  });
});
