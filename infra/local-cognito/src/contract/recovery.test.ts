import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ContractClient,
  codeFor,
  createClient,
  createPool,
  createUser,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  secretHash,
  signIn,
  tokensOf,
  wrong,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";

const target = await openTarget();
const { sdk } = target;
let pool: string;
let client: ContractClient;
let hiding: ContractClient;
let secretive: ContractClient;
beforeAll(async () => {
  pool = await createPool(target);
  client = await createClient(target, pool, { PreventUserExistenceErrors: "LEGACY" });
  hiding = await createClient(target, pool, { PreventUserExistenceErrors: "ENABLED" });
  secretive = await createClient(target, pool, { GenerateSecret: true });
});
afterAll(() => target.close());

const forget = (Username: string, ClientId = client.id, SecretHash?: string) =>
  sdk.send(new ForgotPasswordCommand({ ClientId, Username, SecretHash }));
const confirm = (
  Username: string,
  ConfirmationCode: string,
  Password = OTHER_PASSWORD,
  ClientId = client.id,
) => sdk.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
const statusOf = async (Username: string) =>
  (await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username }))).UserStatus;

describe("ForgotPassword", () => {
  it("tells where the code goes, and no more of the address than that", async () => {
    const { email } = await createUser(target, pool);
    const { CodeDeliveryDetails } = await forget(email);
    expect(CodeDeliveryDetails).toMatchObject({ AttributeName: "email", DeliveryMedium: "EMAIL" });
    expect(CodeDeliveryDetails?.Destination).toMatch(/^.\*+@.\*+/);
    expect(CodeDeliveryDetails?.Destination).not.toContain("acme");
  });

  it("says who does not exist, where the client does not hide it: UserNotFoundException", async () => {
    await refused(forget(newEmail()), "UserNotFoundException");
  });

  it("pretends for who does not exist, where it does", async () => {
    const { CodeDeliveryDetails } = await forget(newEmail(), hiding.id);
    expect(CodeDeliveryDetails).toMatchObject({ DeliveryMedium: "EMAIL", Destination: expect.any(String) });
  });

  it("sends nothing to an address that is not verified: InvalidParameterException", async () => {
    const { email } = await createUser(target, pool, { attributes: { email_verified: "false" } });
    await refused(forget(email), "InvalidParameterException");
  });

  it("is refused to a disabled user: NotAuthorizedException [unconfirmed]", async () => {
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
    await refused(forget(Username), "NotAuthorizedException");
  });

  it("is refused to who never chose a password: NotAuthorizedException", async () => {
    const { email } = await createUser(target, pool, { temporary: true });
    await refused(forget(email), "NotAuthorizedException");
  });

  it("is refused where only administrators reset: NotAuthorizedException", async () => {
    const strict = await createPool(target, {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    });
    const other = await createClient(target, strict);
    const { email } = await createUser(target, strict);
    await refused(forget(email, other.id), "NotAuthorizedException");
  });

  it("of a client with a secret needs its hash: NotAuthorizedException", async () => {
    const { email } = await createUser(target, pool);
    await refused(forget(email, secretive.id), "NotAuthorizedException");
    await refused(forget(email, secretive.id, "AAAA"), "NotAuthorizedException");
    await forget(email, secretive.id, secretHash(secretive, email));
  });

  it("leaves the old password in force until the code is used", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    tokensOf(await signIn(target, pool, client.id, email));
  });
});

describe.skipIf(!target.tellsMessages)("ConfirmForgotPassword", () => {
  it("sets the password with the code that was mailed", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    await confirm(email, await codeFor(target, email));
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
    await refused(signIn(target, pool, client.id, email, PASSWORD), "NotAuthorizedException");
  });

  it("refuses a wrong code, and takes the right one after it: CodeMismatchException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const code = await codeFor(target, email);
    await refused(confirm(email, wrong(code)), "CodeMismatchException");
    await confirm(email, code);
  });

  it("takes a code once: ExpiredCodeException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const code = await codeFor(target, email);
    await confirm(email, code);
    await refused(confirm(email, code, "Yet-another-3"), "ExpiredCodeException");
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
  });

  it("takes only the newest code: CodeMismatchException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const first = await codeFor(target, email);
    await forget(email);
    const second = await codeFor(target, email);
    if (first !== second) await refused(confirm(email, first), "CodeMismatchException");
    await confirm(email, second);
  });

  it("takes nobody else's code: CodeMismatchException", async () => {
    const one = await createUser(target, pool);
    const two = await createUser(target, pool);
    await forget(one.email);
    await forget(two.email);
    const [first, second] = [await codeFor(target, one.email), await codeFor(target, two.email)];
    if (first !== second) await refused(confirm(two.email, first), "CodeMismatchException");
  });

  it("refuses a code that was never asked for: ExpiredCodeException", async () => {
    const { email } = await createUser(target, pool);
    await refused(confirm(email, "123456"), "ExpiredCodeException");
  });

  it("holds the password to the policy and keeps the code: InvalidPasswordException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const code = await codeFor(target, email);
    await refused(confirm(email, code, "simple"), "InvalidPasswordException");
    await confirm(email, code);
  });

  it("says who does not exist, or hides it behind the refusal of a code", async () => {
    await refused(confirm(newEmail(), "123456"), "UserNotFoundException");
    const hidden = confirm(newEmail(), "123456", OTHER_PASSWORD, hiding.id);
    await refused(hidden, "ExpiredCodeException");
  });

  it("stops after too many wrong codes, even for the right one: LimitExceededException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const code = await codeFor(target, email);
    let name = "";
    for (let at = 0; at < 21 && name !== "LimitExceededException"; at += 1) {
      name = await confirm(email, wrong(code)).then(
        () => "done",
        (error: Error) => error.name,
      );
    }
    expect(name).toBe("LimitExceededException");
    await refused(confirm(email, code), "LimitExceededException");
  });

  it.skipIf(!target.isOwn)("takes a code for an hour: ExpiredCodeException", async () => {
    const { email } = await createUser(target, pool);
    await forget(email);
    const code = await codeFor(target, email);
    await target.later(3_601, () => refused(confirm(email, code), "ExpiredCodeException"));
    await target.later(3_500, () => confirm(email, code));
  });

  it("ends a lockout", async () => {
    const { email } = await createUser(target, pool);
    for (let at = 0; at < 6; at += 1) {
      await refused(signIn(target, pool, client.id, email, OTHER_PASSWORD), "NotAuthorizedException");
    }
    await forget(email);
    await confirm(email, await codeFor(target, email));
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
  });
});

describe("AdminResetUserPassword", () => {
  const reset = (Username: string) =>
    sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username }));

  it("sets the status RESET_REQUIRED, in which no password signs in: PasswordResetRequiredException", async () => {
    const { email } = await createUser(target, pool);
    await reset(email);
    expect(await statusOf(email)).toBe("RESET_REQUIRED");
    await refused(signIn(target, pool, client.id, email), "PasswordResetRequiredException");
  });

  it.skipIf(!target.tellsMessages)("sends a code by which the user gets in again", async () => {
    const { email } = await createUser(target, pool);
    await reset(email);
    await confirm(email, await codeFor(target, email));
    expect(await statusOf(email)).toBe("CONFIRMED");
    tokensOf(await signIn(target, pool, client.id, email, OTHER_PASSWORD));
  });

  it("needs a verified address: InvalidParameterException", async () => {
    const { email } = await createUser(target, pool, { attributes: { email_verified: "false" } });
    await refused(reset(email), "InvalidParameterException");
  });

  it("is refused for who has a temporary password: NotAuthorizedException", async () => {
    const { email } = await createUser(target, pool, { temporary: true });
    await refused(reset(email), "NotAuthorizedException");
  });
});
