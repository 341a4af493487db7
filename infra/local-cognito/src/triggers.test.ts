import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  ResendConfirmationCodeCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createClient,
  createPool,
  createUser,
  messagesTo,
  PASSWORD,
  refresh,
  refused,
  signIn,
  startTestCognito,
  type TestCognito,
  tokensOf,
} from "./testing/cognito";
import type { TriggerEvent } from "./tokens/trigger";

const PHONE = "+819012345678";
const arn = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
type Event = TriggerEvent & { request: Record<string, unknown> };
let seen: Event[];
/** What the handler of this name puts into the response, or throws. */
let respond: Record<string, (event: Event) => object>;

const handlers = [
  "PreSignUp",
  "PostConfirmation",
  "PreAuthentication",
  "PostAuthentication",
  "CustomMessage",
];
const handle = (name: string) => (event: TriggerEvent) => {
  const received = event as Event;
  seen.push(structuredClone(received));
  return { ...received, response: { ...received.response, ...respond[name]?.(received) } };
};
const triggers = Object.fromEntries(
  [...handlers, "PreTokenGeneration"].map((name) => [arn(name), handle(name)]),
);

let cognito: TestCognito;
let pool: string;
let client: string;
let email: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito(triggers);
  pool = await createPool(cognito.sdk, { AutoVerifiedAttributes: ["email"] });
  const ExplicitAuthFlows = [
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ] as const;
  const PreventUserExistenceErrors = "ENABLED";
  client = (
    await createClient(cognito.sdk, pool, {
      ExplicitAuthFlows: [...ExplicitAuthFlows],
      PreventUserExistenceErrors,
    })
  ).id;
});
afterAll(() => cognito.stop());
beforeEach(() => {
  seen = [];
  respond = {};
  email = `user${number++}@acme.example`;
});

async function use(LambdaConfig: LambdaConfigType): Promise<void> {
  const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };
  const AutoVerifiedAttributes = ["email" as const];
  await cognito.sdk.send(
    new UpdateUserPoolCommand({ UserPoolId: pool, AutoVerifiedAttributes, LambdaConfig, SmsConfiguration }),
  );
  await cognito.sdk.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration },
    }),
  );
}
const sources = () => seen.map((event) => event.triggerSource);
const signUp = (more: object = {}) =>
  cognito.sdk.send(new SignUpCommand({ ClientId: client, Username: email, Password: PASSWORD, ...more }));
const get = () => cognito.sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
const sentCode = async (to = email) => {
  const [message] = await messagesTo(cognito, to);
  return /\d{6}/.exec(message?.body ?? "")?.[0] ?? "";
};

describe("pre sign-up and post confirmation", () => {
  beforeAll(() => use({ PreSignUp: arn("PreSignUp"), PostConfirmation: arn("PostConfirmation") }));

  it("are told of a sign-up, and of its confirmation", async () => {
    const ValidationData = [{ Name: "invitation", Value: "x1" }];
    await signUp({ ValidationData, ClientMetadata: { from: "test" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      version: "1",
      triggerSource: "PreSignUp_SignUp",
      userPoolId: pool,
      callerContext: { clientId: client },
      request: {
        userAttributes: { email },
        validationData: { invitation: "x1" },
        clientMetadata: { from: "test" },
      },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    });
    const ConfirmationCode = await sentCode();
    await cognito.sdk.send(new ConfirmSignUpCommand({ ClientId: client, Username: email, ConfirmationCode }));
    expect(sources()).toEqual(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
    expect(seen[1]?.request.userAttributes).toMatchObject({ "cognito:user_status": "CONFIRMED" });
  });

  it("may confirm the user and verify the address, and then no code is sent", async () => {
    respond.PreSignUp = () => ({ autoConfirmUser: true, autoVerifyEmail: true });
    const answer = await signUp();
    expect([answer.UserConfirmed, answer.CodeDeliveryDetails]).toEqual([true, undefined]);
    expect(sources()).toEqual(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
    expect((await get()).UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
    expect(await messagesTo(cognito, email)).toEqual([]);
    expect((await signIn(cognito.sdk, pool, client, email)).AuthenticationResult).toBeDefined();
  });

  it("may refuse, and then there is no such user", async () => {
    respond.PreSignUp = () => {
      throw new Error("Only with an invitation");
    };
    await refused(
      signUp(),
      "UserLambdaValidationException",
      "PreSignUp failed with error Only with an invitation.",
    );
    await refused(get(), "UserNotFoundException");
  });

  it("cannot verify an address that the user does not have", async () => {
    respond.PreSignUp = () => ({ autoVerifyPhone: true });
    await refused(signUp(), "InvalidLambdaResponseException");
  });

  it("are told of an administrator's user, where the answer is not heeded, and of no confirmation", async () => {
    respond.PreSignUp = () => ({ autoConfirmUser: true });
    await createUser(cognito.sdk, pool, email, { temporary: true });
    expect(sources()).toEqual(["PreSignUp_AdminCreateUser"]);
    expect((await get()).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("are told when an administrator confirms, and when a forgotten password is replaced", async () => {
    await signUp();
    await cognito.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username: email }));
    email = `forgetful-${email}`;
    await createUser(cognito.sdk, pool, email);
    await cognito.sdk.send(new ForgotPasswordCommand({ ClientId: client, Username: email }));
    await cognito.sdk.send(
      new ConfirmForgotPasswordCommand({
        ClientId: client,
        Username: email,
        ConfirmationCode: await sentCode(),
        Password: "Another-horse-2",
      }),
    );
    expect(sources()).toEqual([
      "PreSignUp_SignUp",
      "PostConfirmation_ConfirmSignUp",
      "PreSignUp_AdminCreateUser",
      "PostConfirmation_ConfirmForgotPassword",
    ]);
  });
});

describe("pre and post authentication", () => {
  beforeAll(() =>
    use({ PreAuthentication: arn("PreAuthentication"), PostAuthentication: arn("PostAuthentication") }),
  );

  it("stand before the password and after the last challenge, and not on refreshing", async () => {
    await createUser(cognito.sdk, pool, email, { temporary: true });
    const AuthParameters = { USERNAME: email, PASSWORD };
    const ClientMetadata = { from: "test" };
    const begin = new InitiateAuthCommand({
      ClientId: client,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters,
      ClientMetadata,
    });
    const { Session } = await cognito.sdk.send(begin);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      triggerSource: "PreAuthentication_Authentication",
      request: { userAttributes: { email }, validationData: ClientMetadata, userNotFound: false },
    });
    const done = await cognito.sdk.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: pool,
        ClientId: client,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD: "Another-horse-2" },
      }),
    );
    await refresh(cognito.sdk, pool, client, tokensOf(done).RefreshToken);
    expect(sources()).toEqual(["PreAuthentication_Authentication", "PostAuthentication_Authentication"]);
    expect(seen[1]?.request).toMatchObject({ newDeviceUsed: false });
  });

  it("may refuse, and are told of a name that does not exist", async () => {
    await createUser(cognito.sdk, pool, email);
    respond.PreAuthentication = () => {
      throw new Error("Not today");
    };
    const name = "UserLambdaValidationException";
    const message = "PreAuthentication failed with error Not today.";
    await refused(signIn(cognito.sdk, pool, client, email), name, message);
    await refused(signIn(cognito.sdk, pool, client, "nobody@acme.example"), name, message);
    expect(seen[1]?.request.userNotFound).toBe(true);
    delete respond.PreAuthentication;
    respond.PostAuthentication = () => {
      throw new Error("Not ever");
    };
    await refused(
      signIn(cognito.sdk, pool, client, email),
      name,
      "PostAuthentication failed with error Not ever.",
    );
  });

  it("does not run after a wrong password", async () => {
    await createUser(cognito.sdk, pool, email);
    await refused(signIn(cognito.sdk, pool, client, email, "nope"), "NotAuthorizedException");
    expect(sources()).toEqual(["PreAuthentication_Authentication"]);
  });
});

describe("the custom message trigger", () => {
  beforeAll(() => use({ CustomMessage: arn("CustomMessage") }));
  beforeEach(() => {
    respond.CustomMessage = ({ triggerSource, request }) => ({
      emailSubject: `Subject of ${triggerSource}`,
      emailMessage: `Dear ${request.usernameParameter ?? "friend"}: ${request.codeParameter}!`,
      smsMessage: `Code ${request.codeParameter}.`,
    });
  });

  it("words every mail and text, with the code where the placeholder is", async () => {
    const { sdk } = cognito;
    const Username = email;
    await signUp();
    await sdk.send(new ResendConfirmationCodeCommand({ ClientId: client, Username }));
    const ConfirmationCode = await sentCode();
    await sdk.send(new ConfirmSignUpCommand({ ClientId: client, Username, ConfirmationCode }));
    await sdk.send(new ForgotPasswordCommand({ ClientId: client, Username }));
    await sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username }));
    expect(sources()).toEqual([
      "CustomMessage_SignUp",
      "CustomMessage_ResendCode",
      "CustomMessage_ForgotPassword",
      "CustomMessage_ForgotPassword",
    ]);
    const mails = await messagesTo(cognito, email);
    expect(mails.map(({ subject }) => subject).reverse()).toEqual(
      sources().map((source) => `Subject of ${source}`),
    );
    for (const { body } of mails) expect(body).toMatch(/^Dear friend: \d{6}!$/);
  });

  it("words the invitation, with the name and the temporary password", async () => {
    const TemporaryPassword = "Tempor-$&ary-1";
    await cognito.sdk.send(
      new AdminCreateUserCommand({ UserPoolId: pool, Username: email, TemporaryPassword }),
    );
    expect(sources()).toEqual(["CustomMessage_AdminCreateUser"]);
    const [mail] = await messagesTo(cognito, email);
    expect(mail?.body).toBe(`Dear ${email}: ${TemporaryPassword}!`);
  });

  it("words the text of a second factor, and saying nothing leaves the pool's words", async () => {
    const { sdk } = cognito;
    await createUser(sdk, pool, email, { attributes: { phone_number: PHONE } });
    const SMSMfaSettings = { Enabled: true };
    await sdk.send(
      new AdminSetUserMFAPreferenceCommand({ UserPoolId: pool, Username: email, SMSMfaSettings }),
    );
    await signIn(sdk, pool, client, email);
    expect(sources()).toEqual(["CustomMessage_Authentication"]);
    expect((await messagesTo(cognito, PHONE))[0]?.body).toMatch(/^Code \d{6}\.$/);
    respond = {};
    await signIn(sdk, pool, client, email);
    expect((await messagesTo(cognito, PHONE))[0]?.body).toMatch(/^Your authentication code is \d{6}\. $/);
  });

  it("that fails sends nothing and says so", async () => {
    await createUser(cognito.sdk, pool, email);
    respond.CustomMessage = () => {
      throw new Error("no words");
    };
    await refused(
      cognito.sdk.send(new ForgotPasswordCommand({ ClientId: client, Username: email })),
      "UserLambdaValidationException",
      "CustomMessage failed with error no words.",
    );
    expect(await messagesTo(cognito, email)).toEqual([]);
  });
});

describe("pre token generation", () => {
  const config = (LambdaVersion: "V1_0" | "V2_0") => ({
    PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn("PreTokenGeneration") },
  });

  it("is told of each way to tokens, second factors included", async () => {
    const { sdk } = cognito;
    await use(config("V2_0"));
    await createUser(sdk, pool, email, { attributes: { phone_number: PHONE } });
    const SMSMfaSettings = { Enabled: true };
    await sdk.send(
      new AdminSetUserMFAPreferenceCommand({ UserPoolId: pool, Username: email, SMSMfaSettings }),
    );
    const temporary = { Password: PASSWORD, Permanent: false };
    await sdk.send(new AdminSetUserPasswordCommand({ UserPoolId: pool, Username: email, ...temporary }));
    const answer = (
      ChallengeName: "NEW_PASSWORD_REQUIRED" | "SMS_MFA",
      Session: string | undefined,
      given: object,
    ) =>
      sdk.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: pool,
          ClientId: client,
          ChallengeName,
          Session,
          ChallengeResponses: { USERNAME: email, ...given },
        }),
      );
    const first = await signIn(sdk, pool, client, email);
    const NEW_PASSWORD = "Another-horse-2";
    const second = await answer("NEW_PASSWORD_REQUIRED", first.Session, { NEW_PASSWORD });
    expect(second.ChallengeName).toBe("SMS_MFA");
    expect(seen).toEqual([]);
    const done = await answer("SMS_MFA", second.Session, { SMS_MFA_CODE: await sentCode(PHONE) });
    await refresh(sdk, pool, client, tokensOf(done).RefreshToken);
    expect(sources()).toEqual(["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"]);
    expect(seen[0]).toMatchObject({ version: "2", request: { scopes: ["aws.cognito.signin.user.admin"] } });
  });

  it("of version V1_0 changes the ID token and the groups, and no claim of the access token", async () => {
    await createUser(cognito.sdk, pool, email);
    respond.PreTokenGeneration = () => ({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: "acme", sub: "forged" },
        claimsToSuppress: ["email"],
        groupOverrideDetails: { groupsToOverride: ["auditor"] },
      },
    });
    for (const LambdaConfig of [config("V1_0"), { PreTokenGeneration: arn("PreTokenGeneration") }]) {
      await use(LambdaConfig);
      const { id, access } = tokensOf(await signIn(cognito.sdk, pool, client, email));
      expect(id).toMatchObject({ tenant: "acme", "cognito:groups": ["auditor"] });
      expect(id.email).toBeUndefined();
      expect(id.sub).toBe(access.sub);
      expect(access).toMatchObject({ "cognito:groups": ["auditor"] });
      expect(access.tenant).toBeUndefined();
    }
    expect(seen[0]).toMatchObject({ version: "1", response: { claimsOverrideDetails: null } });
    expect(seen[0]?.request).not.toHaveProperty("scopes");
  });
});

it("two names for one trigger must mean the same function", async () => {
  await refused(
    use({
      PreTokenGeneration: arn("PreSignUp"),
      PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: arn("PreTokenGeneration") },
    }),
    "InvalidParameterException",
  );
});
