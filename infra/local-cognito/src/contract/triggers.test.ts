import type {
  CreateUserPoolCommandInput,
  LambdaConfigType,
  SignUpCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import {
  codeFor,
  createPool,
  createUser,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  TENANT,
  tokensOf,
} from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import type { Target, TriggerEvent } from "./target";

const arnOf = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
const listening = arnOf("listening");
const events: TriggerEvent[] = [];
/** What the function answers; by default the event as it came. */
let respond: (event: TriggerEvent) => unknown = (event) => event;
const target = await openForFile({
  [listening]: (event: TriggerEvent) => {
    events.push(structuredClone(event));
    return respond(event);
  },
});
const { sdk } = target;
beforeEach(() => {
  events.length = 0;
  respond = (event) => event;
});

const benches = new Map<string, ReturnType<typeof newBench<Target>>>();
/** The one pool with these settings. */
function poolWith(LambdaConfig: LambdaConfigType, more: Partial<CreateUserPoolCommandInput> = {}) {
  const settings = { LambdaConfig, ...more };
  const key = JSON.stringify(settings);
  const bench = benches.get(key) ?? newBench(target, { PreventUserExistenceErrors: "ENABLED" }, settings);
  benches.set(key, bench);
  return bench;
}
const sources = () => events.map(({ triggerSource }) => triggerSource);
const answerWith = (response: object) => {
  respond = (event) => ({ ...event, response });
};
const fail = (words: string) => {
  respond = () => Promise.reject(new Error(words));
};
const signUp = (ClientId: string, Username: string, more: Partial<SignUpCommandInput> = {}) =>
  sdk.signUp({ ClientId, Username, Password: PASSWORD, ...more });
const userOf = (UserPoolId: string, Username: string) => sdk.adminGetUser({ UserPoolId, Username });
const PHONE = "+819012345678";
/** A user of a pool with second factors, who is texted a code. */
async function texted(pool: string) {
  await sdk.setUserPoolMfaConfig({
    UserPoolId: pool,
    MfaConfiguration: "OPTIONAL",
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" } },
  });
  const user = await createUser(target, pool, { attributes: { phone_number: PHONE } });
  const wish = { UserPoolId: pool, Username: user.email, SMSMfaSettings: { Enabled: true } };
  await sdk.adminSetUserMFAPreference(wish);
  return user;
}

describe.skipIf(!target.isOwn)("pre token generation V2_0", () => {
  const config = { PreTokenGenerationConfig: { LambdaVersion: "V2_0" as const, LambdaArn: listening } };

  it("is told the user, the scopes and the groups", async () => {
    const { pool, client, newUser, tokensFor } = await poolWith(config);
    const { email, username } = await newUser();
    await tokensFor(email);
    expect(events).toMatchObject([
      {
        version: "2",
        triggerSource: "TokenGeneration_Authentication",
        region: target.region,
        userPoolId: pool,
        userName: username,
        callerContext: { clientId: client.id },
        request: {
          userAttributes: {
            sub: username,
            email,
            email_verified: "true",
            [TENANT]: "acme",
            "cognito:user_status": "CONFIRMED",
          },
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
          scopes: ["aws.cognito.signin.user.admin"],
        },
      },
    ]);
  });

  it("may give the access token the client as its audience, and nobody else [unconfirmed]", async () => {
    const { client, newUser, tokensFor, enter } = await poolWith(config);
    const audience = (aud: unknown) =>
      answerWith({
        claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { aud } } },
      });
    const { email } = await newUser();
    audience(client.id);
    expect((await tokensFor(email)).access.aud).toBe(client.id);
    for (const other of ["https://items.example", [client.id], "", null]) {
      audience(other);
      await refused(enter(email), "InvalidLambdaResponseException");
    }
  });

  it("changes claims and scopes of both tokens, and not those that are fixed", async () => {
    answerWith({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: {
          claimsToAddOrOverride: { color: "red", aud: "x" },
          claimsToSuppress: ["email"],
        },
        accessTokenGeneration: {
          claimsToAddOrOverride: { [TENANT]: "acme", sub: "x", client_id: "x", plan: { seats: 3 } },
          claimsToSuppress: ["exp", "username"],
          scopesToAdd: ["items/read"],
          scopesToSuppress: ["aws.cognito.signin.user.admin"],
        },
        groupOverrideDetails: { groupsToOverride: ["made-up"] },
      },
    });
    const { client, newUser, tokensFor } = await poolWith(config);
    const { email, username } = await newUser();
    const { access, id } = await tokensFor(email);
    expect(id).toMatchObject({ color: "red", aud: client.id, "cognito:groups": ["made-up"] });
    expect(id).not.toHaveProperty("email");
    expect(access).toMatchObject({
      [TENANT]: "acme",
      sub: username,
      username,
      client_id: client.id,
      scope: "items/read",
      plan: { seats: 3 },
      exp: expect.any(Number),
      "cognito:groups": ["made-up"],
    });
  });

  it("runs for each way to tokens, and is told which", async () => {
    const { client, newUser, enter, refreshBy } = await poolWith(config);
    const { email } = await newUser({ temporary: true });
    const { Session } = await enter(email);
    expect(events).toEqual([]);
    const challenge = { ClientId: client.id, ChallengeName: "NEW_PASSWORD_REQUIRED", Session } as const;
    const ChallengeResponses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    const more = { ChallengeResponses, ClientMetadata: { from: "test" } };
    const tokens = tokensOf(await sdk.respondToAuthChallenge({ ...challenge, ...more }));
    await refreshBy(client.id, tokens.RefreshToken);
    expect(sources()).toEqual(["TokenGeneration_NewPasswordChallenge", "TokenGeneration_RefreshTokens"]);
    expect(events[0]?.request).toMatchObject({ clientMetadata: { from: "test" } });
  });

  it("runs once after several challenges, for the last", async () => {
    const { pool, client, enter, answer } = await poolWith(config);
    const { email: Username } = await texted(pool);
    await sdk.adminSetUserPassword({ UserPoolId: pool, Username, Password: PASSWORD });
    const first = await enter(Username);
    const renewal = { USERNAME: Username, NEW_PASSWORD: OTHER_PASSWORD };
    const second = await answer(client.id, "NEW_PASSWORD_REQUIRED", first.Session, renewal);
    expect([second.ChallengeName, events]).toEqual(["SMS_MFA", []]);
    const proof = { USERNAME: Username, SMS_MFA_CODE: await codeFor(target, PHONE) };
    tokensOf(await answer(client.id, "SMS_MFA", second.Session, proof));
    expect(sources()).toEqual(["TokenGeneration_Authentication"]);
  });

  it.each<[string, string, string | undefined, (event: TriggerEvent) => unknown]>([
    [
      "throws",
      "UserLambdaValidationException",
      "PreTokenGeneration failed with error no.",
      () => Promise.reject(new Error("no")),
    ],
    ["answers nothing", "InvalidLambdaResponseException", "Unrecognizable lambda output", () => undefined],
    ["answers a text", "InvalidLambdaResponseException", undefined, () => "ok"],
  ])("lets nobody in when it %s: %s", async (_, name, words, response) => {
    const { newUser, enter } = await poolWith(config);
    const { email } = await newUser();
    respond = response;
    await refused(enter(email), name, words);
  });

  it("lets nobody in when there is no such function: UnexpectedLambdaException", async () => {
    const { newUser, enter } = await poolWith({ PreTokenGeneration: arnOf("missing") });
    const { email } = await newUser();
    await refused(enter(email), "UnexpectedLambdaException");
  });
});

describe.skipIf(!target.isOwn)("pre token generation V1_0", () => {
  it.each<[string, LambdaConfigType]>([
    ["its old name", { PreTokenGeneration: listening }],
    ["its version", { PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: listening } }],
  ])("by %s changes the ID token and the groups, and no claim of the access token", async (_, config) => {
    answerWith({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { color: "red", sub: "forged" },
        claimsToSuppress: ["email"],
        groupOverrideDetails: { groupsToOverride: ["auditor"] },
      },
    });
    const { newUser, tokensFor } = await poolWith(config);
    const { email, username: sub } = await newUser();
    const { access, id } = await tokensFor(email);
    expect(events).toMatchObject([{ version: "1", response: { claimsOverrideDetails: null } }]);
    expect(events[0]?.request).not.toHaveProperty("scopes");
    expect(id).toMatchObject({ color: "red", sub, "cognito:groups": ["auditor"] });
    expect(id).not.toHaveProperty("email");
    expect(access).toMatchObject({ sub, "cognito:groups": ["auditor"] });
    expect(access).not.toHaveProperty("color");
  });

  it("by both must be the same function: InvalidParameterException", async () => {
    const PreTokenGenerationConfig = { LambdaVersion: "V1_0" as const, LambdaArn: listening };
    const both = poolWith({ PreTokenGeneration: arnOf("other"), PreTokenGenerationConfig });
    await invalidParameter(both);
  });
});

describe.skipIf(!target.isOwn)("pre sign-up and post confirmation", () => {
  const config = { PreSignUp: listening, PostConfirmation: listening };

  it("are told of a sign-up, and of its confirmation", async () => {
    const { pool, client } = await poolWith(config);
    const Username = newEmail();
    const ValidationData = [{ Name: "invitation", Value: "x1" }];
    await signUp(client.id, Username, { ValidationData, ClientMetadata: { from: "test" } });
    expect(events).toMatchObject([
      {
        version: "1",
        triggerSource: "PreSignUp_SignUp",
        userPoolId: pool,
        callerContext: { clientId: client.id },
        request: {
          userAttributes: { email: Username },
          validationData: { invitation: "x1" },
          clientMetadata: { from: "test" },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
    const ConfirmationCode = await codeFor(target, Username);
    await sdk.confirmSignUp({ ClientId: client.id, Username, ConfirmationCode });
    expect(sources()).toEqual(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
    expect(events[1]?.request.userAttributes).toMatchObject({ "cognito:user_status": "CONFIRMED" });
  });

  it("may confirm the user and verify the address, and then no code is sent", async () => {
    answerWith({ autoConfirmUser: true, autoVerifyEmail: true });
    const { pool, client, tokensFor } = await poolWith(config);
    const email = newEmail();
    const { UserConfirmed, CodeDeliveryDetails } = await signUp(client.id, email);
    expect([UserConfirmed, CodeDeliveryDetails]).toEqual([true, undefined]);
    const user = await userOf(pool, email);
    expect(user.UserStatus).toBe("CONFIRMED");
    expect(mapOf(user.UserAttributes)).toMatchObject({ email_verified: "true" });
    expect(sources()).toEqual(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
    expect(await target.messagesTo(email)).toEqual([]);
    await tokensFor(email);
  });

  it("may refuse, and then there is no user: UserLambdaValidationException", async () => {
    fail("Not from this domain");
    const { pool, client } = await poolWith(config);
    const email = newEmail();
    const words = "PreSignUp failed with error Not from this domain.";
    await refused(signUp(client.id, email), "UserLambdaValidationException", words);
    await refused(userOf(pool, email), "UserNotFoundException");
  });

  it("cannot verify an address that the user does not have: InvalidLambdaResponseException", async () => {
    answerWith({ autoVerifyPhone: true });
    const { client } = await poolWith(config);
    await refused(signUp(client.id, newEmail()), "InvalidLambdaResponseException");
  });

  it("are told of users that an administrator makes, where the answer is not heeded", async () => {
    answerWith({ autoConfirmUser: true });
    const { pool, newUser } = await poolWith(config);
    const { email } = await newUser({ temporary: true });
    expect(sources()).toEqual(["PreSignUp_AdminCreateUser"]);
    expect((await userOf(pool, email)).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("are told when an administrator confirms, and when a forgotten password is replaced", async () => {
    const { pool, client, newUser } = await poolWith({ PostConfirmation: listening });
    const signedUp = newEmail();
    await signUp(client.id, signedUp);
    await sdk.adminConfirmSignUp({ UserPoolId: pool, Username: signedUp });
    const { email: Username } = await newUser();
    await sdk.forgotPassword({ ClientId: client.id, Username });
    const proof = { ConfirmationCode: await codeFor(target, Username), Password: OTHER_PASSWORD };
    await sdk.confirmForgotPassword({ ClientId: client.id, Username, ...proof });
    expect(sources()).toEqual(["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"]);
  });
});

describe.skipIf(!target.isOwn)("pre and post authentication", () => {
  const config = { PreAuthentication: listening, PostAuthentication: listening };
  const [before, after] = ["PreAuthentication_Authentication", "PostAuthentication_Authentication"];

  it("run before the password and after the last challenge, and not on refreshing", async () => {
    const { client, newUser, answer, refreshBy } = await poolWith(config);
    const { email } = await newUser({ temporary: true });
    const ClientMetadata = { from: "test" };
    const AuthParameters = { USERNAME: email, PASSWORD };
    const begin = { ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters } as const;
    const { Session } = await sdk.initiateAuth({ ...begin, ClientMetadata });
    expect(events).toMatchObject([
      {
        triggerSource: before,
        request: { userAttributes: { email }, validationData: ClientMetadata, userNotFound: false },
      },
    ]);
    const responses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    const done = await answer(client.id, "NEW_PASSWORD_REQUIRED", Session, responses);
    await refreshBy(client.id, tokensOf(done).RefreshToken);
    expect(sources()).toEqual([before, after]);
    expect(events[1]?.request).toMatchObject({ newDeviceUsed: false });
  });

  it("run for a wrong password before it alone", async () => {
    const { newUser, enter } = await poolWith(config);
    const { email } = await newUser();
    await notAuthorized(enter(email, OTHER_PASSWORD));
    expect(sources()).toEqual([before]);
  });

  it.each(["PreAuthentication", "PostAuthentication"])(
    "may refuse a sign-in by %s: UserLambdaValidationException",
    async (name) => {
      const { newUser, enter } = await poolWith({ [name]: listening });
      const { email } = await newUser();
      fail("Not today");
      const words = `${name} failed with error Not today.`;
      await refused(enter(email), "UserLambdaValidationException", words);
    },
  );

  it("are told of a name that does not exist, where the client hides it", async () => {
    const { enter } = await poolWith(config);
    fail("Not today");
    await refused(enter(newEmail()), "UserLambdaValidationException");
    expect(events).toMatchObject([{ triggerSource: before, request: { userNotFound: true } }]);
  });
});

describe.skipIf(!target.isOwn)("the custom message", () => {
  const config = { CustomMessage: listening };
  beforeEach(() => {
    respond = (event) => ({
      ...event,
      response: {
        emailSubject: `Subject of ${event.triggerSource}`,
        emailMessage: `Dear ${event.request.usernameParameter ?? "friend"}: ${event.request.codeParameter}!`,
        smsMessage: `Code ${event.request.codeParameter}.`,
      },
    });
  });

  it("words every mail, with the code where it says", async () => {
    const { pool, client } = await poolWith(config);
    const about = { ClientId: client.id, Username: newEmail() };
    await signUp(client.id, about.Username);
    await sdk.resendConfirmationCode(about);
    const ConfirmationCode = await codeFor(target, about.Username);
    await sdk.confirmSignUp({ ...about, ConfirmationCode });
    await sdk.forgotPassword(about);
    await sdk.adminResetUserPassword({ UserPoolId: pool, Username: about.Username });
    const told = ["SignUp", "ResendCode", "ForgotPassword", "ForgotPassword"];
    expect(sources()).toEqual(told.map((each) => `CustomMessage_${each}`));
    const mails = (await target.messagesTo(about.Username)).reverse();
    expect(mails.map(({ subject }) => subject)).toEqual(sources().map((source) => `Subject of ${source}`));
    for (const { body } of mails) expect(body).toMatch(/^Dear friend: \d{6}!$/);
  });

  it("words the invitation, with the name and the temporary password as they are", async () => {
    const { pool } = await poolWith(config);
    const Username = newEmail();
    const TemporaryPassword = "Tempor-$&ary-1";
    await sdk.adminCreateUser({ UserPoolId: pool, Username, TemporaryPassword });
    expect(sources()).toEqual(["CustomMessage_AdminCreateUser"]);
    const [mail] = await target.messagesTo(Username);
    expect(mail?.body).toBe(`Dear ${Username}: ${TemporaryPassword}!`);
  });

  it("words the text of a second factor, and saying nothing leaves the pool's words", async () => {
    const { pool, enter } = await poolWith(config);
    const { email } = await texted(pool);
    await enter(email);
    expect(sources()).toEqual(["CustomMessage_Authentication"]);
    expect((await target.messagesTo(PHONE))[0]?.body).toMatch(/^Code \d{6}\.$/);
    respond = (event) => event;
    await enter(email);
    expect((await target.messagesTo(PHONE))[0]?.body).toMatch(/^Your authentication code is \d{6}\. $/);
  });

  it("that fails sends nothing and says so: UserLambdaValidationException", async () => {
    const { client, newUser } = await poolWith(config);
    const { email: Username } = await newUser();
    fail("no words");
    const asking = sdk.forgotPassword({ ClientId: client.id, Username });
    const words = "CustomMessage failed with error no words.";
    await refused(asking, "UserLambdaValidationException", words);
    expect(await target.messagesTo(Username)).toEqual([]);
  });
});

describe.skipIf(!target.isOwn)("a fault that was ordered", () => {
  it.each([
    ["throttled", "TooManyRequestsException"],
    ["error", "InternalErrorException"],
  ])("reaches the SDK as %s: %s", async (kind, name) => {
    const pool = await createPool(target);
    await target.control("faults", { target: "AdminGetUser", kind });
    const look = () => sdk.adminGetUser({ UserPoolId: pool, Username: "x@acme.example" });
    await refused(look(), name);
    await refused(look(), "UserNotFoundException");
  });
});
