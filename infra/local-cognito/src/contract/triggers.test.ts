import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  answer,
  createClient,
  createPool,
  createUser,
  listOf,
  mapOf,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
  TENANT,
  tokensOf,
} from "./pool";
import { refused } from "./refusal";
import { openTarget, type TriggerEvent } from "./target";

const arnOf = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
const events: TriggerEvent[] = [];
/** What the function answers; by default the event as it came. */
let respond: (event: TriggerEvent) => unknown = (event) => event;
const target = await openTarget({
  [arnOf("listening")]: (event: TriggerEvent) => {
    events.push(event);
    return respond(event);
  },
});
const { sdk } = target;
beforeEach(() => {
  events.length = 0;
  respond = (event) => event;
});
afterAll(() => target.close());

async function poolWith(LambdaConfig: LambdaConfigType) {
  const pool = await createPool(target, { LambdaConfig });
  return { pool, client: await createClient(target, pool) };
}
const listening = arnOf("listening");
const sources = () => events.map(({ triggerSource }) => triggerSource);

describe.skipIf(!target.isOwn)("pre token generation V2_0", () => {
  const config = { PreTokenGenerationConfig: { LambdaVersion: "V2_0" as const, LambdaArn: listening } };

  it("is told the user, the scopes and the groups", async () => {
    const { pool, client } = await poolWith(config);
    const { email, username } = await createUser(target, pool);
    tokensOf(await signIn(target, pool, client.id, email));
    expect(events).toMatchObject([
      {
        version: "2",
        triggerSource: "TokenGeneration_Authentication",
        userPoolId: pool,
        userName: username,
        callerContext: { clientId: client.id },
        request: {
          userAttributes: { sub: username, email, [TENANT]: "acme" },
          groupConfiguration: { groupsToOverride: [] },
          scopes: ["aws.cognito.signin.user.admin"],
        },
      },
    ]);
  });

  it("changes claims and scopes of both tokens, and not those that are fixed", async () => {
    respond = (event) => ({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          idTokenGeneration: {
            claimsToAddOrOverride: { color: "red", aud: "x" },
            claimsToSuppress: ["email"],
          },
          accessTokenGeneration: {
            claimsToAddOrOverride: { tenant: "acme", sub: "x", plan: { seats: 3 } },
            scopesToAdd: ["items/read"],
            scopesToSuppress: ["aws.cognito.signin.user.admin"],
          },
          groupOverrideDetails: { groupsToOverride: ["made-up"] },
        },
      },
    });
    const { pool, client } = await poolWith(config);
    const { email, username } = await createUser(target, pool);
    const { access, id } = tokensOf(await signIn(target, pool, client.id, email));
    expect(id).toMatchObject({ color: "red", aud: client.id, "cognito:groups": ["made-up"] });
    expect(id).not.toHaveProperty("email");
    expect(access).toMatchObject({ tenant: "acme", sub: username, scope: "items/read", plan: { seats: 3 } });
  });

  it("runs for each way to tokens, and is told which", async () => {
    const { pool, client } = await poolWith(config);
    const { email } = await createUser(target, pool, { temporary: true });
    const { Session } = await signIn(target, pool, client.id, email);
    expect(events).toEqual([]);
    const responses = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    const tokens = tokensOf(await answer(target, client.id, "NEW_PASSWORD_REQUIRED", Session, responses));
    const AuthParameters = { REFRESH_TOKEN: tokens.RefreshToken };
    const again = { ClientId: client.id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters } as const;
    await sdk.send(new InitiateAuthCommand(again));
    expect(sources()).toEqual(["TokenGeneration_NewPasswordChallenge", "TokenGeneration_RefreshTokens"]);
  });

  it.each<[string, string, (event: TriggerEvent) => unknown]>([
    ["throws", "UserLambdaValidationException", () => Promise.reject(new Error("no"))],
    ["answers nothing", "InvalidLambdaResponseException", () => undefined],
    ["answers a text", "InvalidLambdaResponseException", () => "ok"],
  ])("lets nobody in when it %s: %s", async (_, name, response) => {
    const { pool, client } = await poolWith(config);
    const { email } = await createUser(target, pool);
    respond = response;
    await refused(signIn(target, pool, client.id, email), name);
  });

  it("lets nobody in when there is no such function: UnexpectedLambdaException", async () => {
    const { pool, client } = await poolWith({ PreTokenGeneration: arnOf("missing") });
    const { email } = await createUser(target, pool);
    await refused(signIn(target, pool, client.id, email), "UnexpectedLambdaException");
  });
});

describe.skipIf(!target.isOwn)("pre token generation V1_0", () => {
  it("changes the ID token alone", async () => {
    respond = (event) => ({
      ...event,
      response: { claimsOverrideDetails: { claimsToAddOrOverride: { color: "red" } } },
    });
    const { pool, client } = await poolWith({ PreTokenGeneration: listening });
    const { email } = await createUser(target, pool);
    const { access, id } = tokensOf(await signIn(target, pool, client.id, email));
    expect(events[0]?.version).toBe("1");
    expect(id.color).toBe("red");
    expect(access).not.toHaveProperty("color");
  });
});

describe.skipIf(!target.isOwn)("pre sign-up", () => {
  const signUp = (ClientId: string, Username: string) =>
    sdk.send(
      new SignUpCommand({
        ClientId,
        Username,
        Password: PASSWORD,
        UserAttributes: listOf({ email: Username }),
      }),
    );

  it("may confirm the user and verify the address", async () => {
    respond = (event) => ({ ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } });
    const { pool, client } = await poolWith({ PreSignUp: listening });
    const email = newEmail();
    expect(await signUp(client.id, email)).toMatchObject({ UserConfirmed: true });
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    expect(user.UserStatus).toBe("CONFIRMED");
    expect(mapOf(user.UserAttributes)).toMatchObject({ email_verified: "true" });
    expect(sources()).toEqual(["PreSignUp_SignUp"]);
  });

  it("may refuse, and then there is no user: UserLambdaValidationException", async () => {
    respond = () => Promise.reject(new Error("Not from this domain"));
    const { pool, client } = await poolWith({ PreSignUp: listening });
    const email = newEmail();
    await refused(signUp(client.id, email), "UserLambdaValidationException", /Not from this domain/);
    const look = sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    await refused(look, "UserNotFoundException");
  });

  it("runs for users that an administrator makes, too", async () => {
    const { pool } = await poolWith({ PreSignUp: listening });
    const request = { UserPoolId: pool, Username: newEmail(), MessageAction: "SUPPRESS" } as const;
    await sdk.send(new AdminCreateUserCommand(request));
    expect(sources()).toEqual(["PreSignUp_AdminCreateUser"]);
  });
});

describe.skipIf(!target.isOwn)("post confirmation, pre and post authentication, custom message", () => {
  it("run at a confirmation", async () => {
    const { pool, client } = await poolWith({ PostConfirmation: listening });
    const Username = newEmail();
    await sdk.send(new SignUpCommand({ ClientId: client.id, Username, Password: PASSWORD }));
    await sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username }));
    expect(sources()).toEqual(["PostConfirmation_ConfirmSignUp"]);
  });

  it("run before and after a sign-in, the one before for a wrong password as well", async () => {
    const { pool, client } = await poolWith({ PreAuthentication: listening, PostAuthentication: listening });
    const { email } = await createUser(target, pool);
    tokensOf(await signIn(target, pool, client.id, email));
    await refused(signIn(target, pool, client.id, email, OTHER_PASSWORD), "NotAuthorizedException");
    expect(sources()).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "PreAuthentication_Authentication",
    ]);
  });

  it.each(["PreAuthentication", "PostAuthentication"])(
    "may refuse a sign-in by %s: UserLambdaValidationException",
    async (name) => {
      const { pool, client } = await poolWith({ [name]: listening });
      const { email } = await createUser(target, pool);
      respond = () => Promise.reject(new Error("Not today"));
      await refused(signIn(target, pool, client.id, email), "UserLambdaValidationException", /Not today/);
    },
  );

  it("word a mail by the custom message, with the code where it says", async () => {
    respond = (event) => ({
      ...event,
      response: { emailSubject: "Hello", emailMessage: `Use ${event.request.codeParameter}, please` },
    });
    const { pool, client } = await poolWith({ CustomMessage: listening });
    const { email: Username } = await createUser(target, pool);
    await sdk.send(new ForgotPasswordCommand({ ClientId: client.id, Username }));
    const [message] = await target.messagesTo(Username);
    expect(message).toMatchObject({ subject: "Hello", body: expect.stringMatching(/^Use \d{6}, please$/) });
    expect(sources()).toEqual(["CustomMessage_ForgotPassword"]);
  });
});

describe.skipIf(!target.isOwn)("a fault that was ordered", () => {
  it.each([
    ["throttled", "TooManyRequestsException"],
    ["error", "InternalErrorException"],
  ])("reaches the SDK as %s: %s", async (kind, name) => {
    const pool = await createPool(target);
    // As many as the SDK tries.
    await target.control("faults", { target: "AdminGetUser", kind, times: 3 });
    const look = () => sdk.send(new AdminGetUserCommand({ UserPoolId: pool, Username: "x@acme.example" }));
    await refused(look(), name);
    await refused(look(), "UserNotFoundException");
  });
});
