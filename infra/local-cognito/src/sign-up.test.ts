import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  type AttributeType,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
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
} from "./testing/cognito";

const MISMATCH = "Invalid verification code provided, please try again.";
const EXPIRED = "Invalid code provided, please request a code again.";
let cognito: TestCognito;
let pool: string;
let client: string;
let hiding: string;
let email: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk, { AutoVerifiedAttributes: ["email"] });
  client = (await createClient(cognito.sdk, pool)).id;
  hiding = (await createClient(cognito.sdk, pool, { PreventUserExistenceErrors: "ENABLED" })).id;
});
afterAll(() => cognito.stop());
beforeEach(() => {
  email = `user${number++}@acme.example`;
});

const signUp = (UserAttributes: AttributeType[] = [], ClientId = client, Username = email) =>
  cognito.sdk.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes }));
const confirm = (ConfirmationCode: string, Username = email, ClientId = client) =>
  cognito.sdk.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const resend = (Username = email, ClientId = client) =>
  cognito.sdk.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
const get = (Username = email) => cognito.sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username }));
const sentCode = async (to = email) => {
  const [message] = await messagesTo(cognito, to);
  return /\d{6}/.exec(message?.body ?? "")?.[0] ?? "";
};

describe("signing up", () => {
  it("makes an account that signs in once the mailed code was entered", async () => {
    const answer = await signUp([{ Name: "name", Value: "Eve" }]);
    expect(answer.UserConfirmed).toBe(false);
    expect(answer.CodeDeliveryDetails).toMatchObject({ AttributeName: "email", Destination: "u***@a***" });
    await refused(
      signIn(cognito.sdk, pool, client, email),
      "UserNotConfirmedException",
      "User is not confirmed.",
    );
    const code = await sentCode();
    await refused(confirm(code === "000000" ? "000001" : "000000"), "CodeMismatchException", MISMATCH);
    await confirm(code);
    const { UserStatus, UserAttributes, Username } = await get();
    expect([UserStatus, Username]).toEqual(["CONFIRMED", answer.UserSub]);
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
    expect((await signIn(cognito.sdk, pool, client, email)).AuthenticationResult).toBeDefined();
    await refused(
      confirm(code),
      "NotAuthorizedException",
      "User cannot be confirmed. Current status is CONFIRMED",
    );
  });

  it("is refused where only administrators make users", async () => {
    const closed = await createPool(cognito.sdk, {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    const { id } = await createClient(cognito.sdk, closed);
    await refused(signUp([], id), "NotAuthorizedException", "SignUp is not permitted for this user pool");
  });

  it("is no way to choose a tenant, or to call an address verified", async () => {
    for (const attribute of [
      { Name: "custom:tenant_id", Value: "acme" },
      { Name: "email_verified", Value: "true" },
    ]) {
      await refused(
        signUp([attribute]),
        "NotAuthorizedException",
        "A client attempted to write unauthorized attribute",
      );
    }
    await refused(get(), "UserNotFoundException");
  });

  it("refuses a weak password, a name that is taken, and one that is not an address", async () => {
    const weak = { ClientId: client, Username: email, Password: "weak" };
    await refused(cognito.sdk.send(new SignUpCommand(weak)), "InvalidPasswordException");
    await createUser(cognito.sdk, pool, email);
    await refused(signUp(), "UsernameExistsException", "User account already exists");
    const named = signUp([], client, "eve");
    await refused(named, "InvalidParameterException", "Username should be an email.");
  });

  it("of one name by two at once makes one account", async () => {
    const results = await Promise.allSettled([signUp(), signUp()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("has a code that lasts a day, and a new one when asked, in place of the old", async () => {
    await signUp();
    const first = await sentCode();
    cognito.clock.advance({ days: 1 });
    await refused(confirm(first), "ExpiredCodeException", EXPIRED);
    const { CodeDeliveryDetails } = await resend();
    expect(CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    const [mail] = await messagesTo(cognito, email);
    expect(mail?.kind).toBe("sign-up-again");
    await confirm(await sentCode());
    await refused(resend(), "InvalidParameterException", "User is already confirmed.");
  });

  it("is confirmed by an administrator too, whose word verifies no address", async () => {
    await signUp();
    const byAdmin = () =>
      cognito.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username: email }));
    await byAdmin();
    const { UserStatus, UserAttributes } = await get();
    expect(UserStatus).toBe("CONFIRMED");
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "false" });
    await refused(
      byAdmin(),
      "NotAuthorizedException",
      "User cannot be confirmed. Current status is CONFIRMED",
    );
  });

  it("without verification sends nothing, and cannot", async () => {
    const plain = await createPool(cognito.sdk);
    const { id } = await createClient(cognito.sdk, plain);
    expect((await signUp([], id)).CodeDeliveryDetails).toBeUndefined();
    await refused(
      resend(email, id),
      "InvalidParameterException",
      "Cannot resend codes. Auto verification not turned on.",
    );
  });
});

it("who never signed up is told nothing else, where the client hides it", async () => {
  const nobody = "nobody@acme.example";
  await refused(resend(nobody), "UserNotFoundException");
  await refused(confirm("123456", nobody), "UserNotFoundException");
  await refused(confirm("123456", nobody, hiding), "ExpiredCodeException", EXPIRED);
  expect((await resend(nobody, hiding)).CodeDeliveryDetails?.Destination).toBe("n***@a***");
  await refused(confirm("123456", nobody, hiding), "CodeMismatchException", MISMATCH);
  expect(await messagesTo(cognito, nobody)).toEqual([]);
});
