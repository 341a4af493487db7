import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  type ChallengeNameType,
  GetUserCommand,
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  ListDevicesCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stepAt, totpCode } from "./rules/totp";
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

const PHONE = { phone_number: "+819012345678" };
const SMS = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms", ExternalId: "local" };
const flows = { ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"] } as const;
let cognito: TestCognito;
let pool: string;
let client: string;
let email: string;
let number = 0;

beforeAll(async () => {
  cognito = await startTestCognito();
  pool = await createPool(cognito.sdk);
  await offer("OPTIONAL");
  client = (await createClient(cognito.sdk, pool, { ExplicitAuthFlows: [...flows.ExplicitAuthFlows] })).id;
});
afterAll(() => cognito.stop());
beforeEach(() => {
  email = `user${number++}@acme.example`;
  // Each test in a step of its own: none can be using a code of another's.
  cognito.clock.advance({ seconds: 30 });
});

/** What the pool asks for and which factors it offers. */
async function offer(
  MfaConfiguration: "OFF" | "ON" | "OPTIONAL",
  factors = { sms: true, totp: true },
  id = pool,
) {
  return await cognito.sdk.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: id,
      MfaConfiguration,
      ...(factors.sms && { SmsMfaConfiguration: { SmsConfiguration: SMS } }),
      ...(factors.totp && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    }),
  );
}

/** The code that the user's app shows, so many steps from now. */
const codeOf = (secret: string, steps = 0) => totpCode(secret, stepAt(cognito.clock.ms) + steps);

const setUp = async (AccessToken: string) => {
  const { SecretCode = "" } = await cognito.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const UserCode = codeOf(SecretCode, -1);
  await cognito.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  return SecretCode;
};
const prefer = (Username: string, settings: { sms?: [boolean, boolean]; totp?: [boolean, boolean] }) =>
  cognito.sdk.send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId: pool,
      Username,
      ...(settings.sms && { SMSMfaSettings: { Enabled: settings.sms[0], PreferredMfa: settings.sms[1] } }),
      ...(settings.totp && {
        SoftwareTokenMfaSettings: { Enabled: settings.totp[0], PreferredMfa: settings.totp[1] },
      }),
    }),
  );
/** A user who is asked for a code of their app. Resolves to its secret. */
async function userWithApp(): Promise<string> {
  await createUser(cognito.sdk, pool, email);
  const { AccessToken } = tokensOf(await signIn(cognito.sdk, pool, client, email));
  const secret = await setUp(AccessToken);
  await prefer(email, { totp: [true, true] });
  return secret;
}
const answer = (
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  responses: Record<string, string>,
  ClientId = client,
) =>
  cognito.sdk.send(
    new AdminRespondToAuthChallengeCommand({
      UserPoolId: pool,
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: email, ...responses },
    }),
  );
const textedCode = async () => {
  const [text] = await messagesTo(cognito, PHONE.phone_number);
  return /\d{6}/.exec(text?.body ?? "")?.[0] ?? "";
};

describe("an authenticator app", () => {
  it("asks nobody who has not set one up, and then asks for its code", async () => {
    const secret = await userWithApp();
    const challenge = await signIn(cognito.sdk, pool, client, email);
    expect(challenge.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(challenge.AuthenticationResult).toBeUndefined();
    const done = await answer("SOFTWARE_TOKEN_MFA", challenge.Session, {
      SOFTWARE_TOKEN_MFA_CODE: codeOf(secret),
    });
    expect(tokensOf(done).access.username).toBe(challenge.ChallengeParameters?.USER_ID_FOR_SRP);
  });

  it("takes the codes of one step before and after, and none further off", async () => {
    const secret = await userWithApp();
    for (const [steps, right] of [
      [-2, false],
      [2, false],
      [1, true],
    ] as const) {
      const { Session } = await signIn(cognito.sdk, pool, client, email);
      const given = answer("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, steps) });
      if (right) expect((await given).AuthenticationResult).toBeDefined();
      else await refused(given, "CodeMismatchException", "Invalid code received for user");
    }
  });

  it("has codes that work once, also in another sign-in, and the session stays open for the next code", async () => {
    const secret = await userWithApp();
    const first = await signIn(cognito.sdk, pool, client, email);
    const second = await signIn(cognito.sdk, pool, client, email);
    const code = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) };
    await answer("SOFTWARE_TOKEN_MFA", first.Session, code);
    await refused(
      answer("SOFTWARE_TOKEN_MFA", second.Session, code),
      "ExpiredCodeException",
      "Your software token has already been used once.",
    );
    cognito.clock.advance({ seconds: 30 });
    const later = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) };
    expect((await answer("SOFTWARE_TOKEN_MFA", second.Session, later)).AuthenticationResult).toBeDefined();
    await refused(
      answer("SOFTWARE_TOKEN_MFA", second.Session, later),
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    );
  });

  it("lets a wrong code be corrected in the same session, through InitiateAuth as well", async () => {
    const secret = await userWithApp();
    const AuthParameters = { USERNAME: email, PASSWORD };
    const { ChallengeName, Session } = await cognito.sdk.send(
      new InitiateAuthCommand({ ClientId: client, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
    );
    const respond = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      cognito.sdk.send(
        new RespondToAuthChallengeCommand({
          ClientId: client,
          ChallengeName,
          Session,
          ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE },
        }),
      );
    await refused(respond("000000"), "CodeMismatchException");
    expect((await respond(codeOf(secret))).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("is refused after five wrong codes, also with the right one, until the lockout is over", async () => {
    const secret = await userWithApp();
    const { Session } = await signIn(cognito.sdk, pool, client, email);
    const give = (code: string) => answer("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: code });
    for (let tries = 0; tries < 5; tries++) await refused(give("000000"), "CodeMismatchException");
    await refused(give(codeOf(secret)), "NotAuthorizedException", "Password attempts exceeded");
    // The right password alone does not forgive wrong codes.
    const other = await signIn(cognito.sdk, pool, client, email);
    await refused(
      answer("SOFTWARE_TOKEN_MFA", other.Session, { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) }),
      "NotAuthorizedException",
      "Password attempts exceeded",
    );
    cognito.clock.advance({ seconds: 1 });
    expect((await give(codeOf(secret))).AuthenticationResult).toBeDefined();
  });

  it("does not complete a sign-in whose password an administrator has reset meanwhile", async () => {
    const secret = await userWithApp();
    const { Session } = await signIn(cognito.sdk, pool, client, email);
    await cognito.sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username: email }));
    await refused(
      answer("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) }),
      "PasswordResetRequiredException",
    );
  });

  it("counts only once it has shown a code, and a wrong code sets up nothing", async () => {
    await createUser(cognito.sdk, pool, email);
    const { AccessToken } = tokensOf(await signIn(cognito.sdk, pool, client, email));
    const verify = (UserCode: string) =>
      cognito.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    await refused(verify("123456"), "SoftwareTokenMFANotFoundException");
    const { SecretCode = "" } = await cognito.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    await refused(
      prefer(email, { totp: [true, true] }),
      "InvalidParameterException",
      "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    );
    await refused(
      verify(codeOf(SecretCode, 5)),
      "EnableSoftwareTokenMFAException",
      "Code mismatch and fail enable Software Token MFA",
    );
    expect((await verify(codeOf(SecretCode))).Status).toBe("SUCCESS");
    await prefer(email, { totp: [true, false] });
    expect((await signIn(cognito.sdk, pool, client, email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  it("is gone at once when another is begun, as documented", async () => {
    const secret = await userWithApp();
    const { Session } = await signIn(cognito.sdk, pool, client, email);
    const done = await answer("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) });
    const { AccessToken } = tokensOf(done);
    await cognito.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect((await signIn(cognito.sdk, pool, client, email)).AuthenticationResult).toBeDefined();
  });

  it("cannot be set up where the pool offers none", async () => {
    const bare = await createPool(cognito.sdk);
    const { id } = await createClient(cognito.sdk, bare);
    await createUser(cognito.sdk, bare, email);
    const { AccessToken } = tokensOf(await signIn(cognito.sdk, bare, id, email));
    await refused(
      cognito.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken })),
      "SoftwareTokenMFANotFoundException",
      "Software Token MFA has not been enabled by the userPool",
    );
  });
});

describe("a text message", () => {
  it("brings a code to the phone, which signs in, verifies the phone and is masked in the answer", async () => {
    await createUser(cognito.sdk, pool, email, { attributes: PHONE });
    await prefer(email, { sms: [true, false] });
    const challenge = await signIn(cognito.sdk, pool, client, email);
    expect(challenge.ChallengeName).toBe("SMS_MFA");
    expect(challenge.ChallengeParameters).toMatchObject({
      CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
      CODE_DELIVERY_DESTINATION: "+********5678",
    });
    const SMS_MFA_CODE = await textedCode();
    expect(SMS_MFA_CODE).toMatch(/^\d{6}$/);
    const { id } = tokensOf(await answer("SMS_MFA", challenge.Session, { SMS_MFA_CODE }));
    expect(id.sub).toBe(challenge.ChallengeParameters?.USER_ID_FOR_SRP);
    const Username = email;
    const { UserAttributes } = await cognito.sdk.send(
      new AdminGetUserCommand({ UserPoolId: pool, Username }),
    );
    expect(UserAttributes).toContainEqual({ Name: "phone_number_verified", Value: "true" });
  });

  it("has a code of its own for each sign-in, good for three minutes", async () => {
    await createUser(cognito.sdk, pool, email, { attributes: PHONE });
    await prefer(email, { sms: [true, true] });
    const first = await signIn(cognito.sdk, pool, client, email);
    const code = await textedCode();
    const second = await signIn(cognito.sdk, pool, client, email);
    await refused(
      answer("SMS_MFA", second.Session, { SMS_MFA_CODE: code }),
      "CodeMismatchException",
      "Invalid code or auth state for the user.",
    );
    cognito.clock.advance({ minutes: 3 });
    await refused(
      answer("SMS_MFA", first.Session, { SMS_MFA_CODE: code }),
      "NotAuthorizedException",
      "Invalid session for the user, session is expired.",
    );
  });

  it("cannot be chosen without a phone number", async () => {
    await createUser(cognito.sdk, pool, email);
    await refused(
      prefer(email, { sms: [true, true] }),
      "InvalidParameterException",
      "User does not have delivery config set to turn on SMS_MFA",
    );
  });

  it("does not serve as the answer to another challenge or for another user", async () => {
    const secret = await userWithApp();
    const { Session } = await signIn(cognito.sdk, pool, client, email);
    const code = codeOf(secret);
    const invalid = "Invalid session for the user.";
    await refused(answer("SMS_MFA", Session, { SMS_MFA_CODE: code }), "NotAuthorizedException", invalid);
    const owner = email;
    email = `other-${owner}`;
    await createUser(cognito.sdk, pool, email);
    const foreign = answer("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: code });
    await refused(foreign, "NotAuthorizedException", invalid);
    email = owner;
    await refused(
      answer("SOFTWARE_TOKEN_MFA", Session, {}),
      "InvalidParameterException",
      "Missing required parameter SOFTWARE_TOKEN_MFA_CODE",
    );
  });
});

describe("both factors", () => {
  it("without a preference are a choice, and with one are not", async () => {
    await createUser(cognito.sdk, pool, email, { attributes: PHONE });
    const { AccessToken } = tokensOf(await signIn(cognito.sdk, pool, client, email));
    const secret = await setUp(AccessToken);
    await cognito.sdk.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SMSMfaSettings: { Enabled: true },
        SoftwareTokenMfaSettings: { Enabled: true },
      }),
    );
    const choice = await signIn(cognito.sdk, pool, client, email);
    expect(choice.ChallengeName).toBe("SELECT_MFA_TYPE");
    expect(choice.ChallengeParameters?.MFAS_CAN_CHOOSE).toBe('["SMS_MFA","SOFTWARE_TOKEN_MFA"]');
    await refused(
      answer("SELECT_MFA_TYPE", choice.Session, { ANSWER: "EMAIL_OTP" }),
      "InvalidParameterException",
    );
    const chosen = await answer("SELECT_MFA_TYPE", choice.Session, { ANSWER: "SMS_MFA" });
    expect(chosen.ChallengeName).toBe("SMS_MFA");
    const byText = await answer("SMS_MFA", chosen.Session, { SMS_MFA_CODE: await textedCode() });
    expect(byText.AuthenticationResult).toBeDefined();

    const again = await signIn(cognito.sdk, pool, client, email);
    const app = await answer("SELECT_MFA_TYPE", again.Session, { ANSWER: "SOFTWARE_TOKEN_MFA" });
    const code = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) };
    expect((await answer("SOFTWARE_TOKEN_MFA", app.Session, code)).AuthenticationResult).toBeDefined();

    await prefer(email, { totp: [true, true] });
    expect((await signIn(cognito.sdk, pool, client, email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const { UserMFASettingList, PreferredMfaSetting } = await cognito.sdk.send(
      new GetUserCommand({ AccessToken }),
    );
    expect(UserMFASettingList?.toSorted()).toEqual(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    expect(PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");
    await prefer(email, { totp: [false, false], sms: [false, false] });
    expect((await signIn(cognito.sdk, pool, client, email)).AuthenticationResult).toBeDefined();
  });

  it("cannot both be preferred", async () => {
    await createUser(cognito.sdk, pool, email, { attributes: PHONE });
    await refused(prefer(email, { sms: [true, true], totp: [true, true] }), "InvalidParameterException");
  });
});

describe("a pool that insists on a second factor", () => {
  let strict: string;
  let app: string;
  beforeAll(async () => {
    strict = await createPool(cognito.sdk);
    await offer("ON", { sms: true, totp: true }, strict);
    app = (await createClient(cognito.sdk, strict)).id;
  });
  const respond = (
    ChallengeName: ChallengeNameType,
    Session: string | undefined,
    more: Record<string, string> = {},
  ) =>
    cognito.sdk.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: strict,
        ClientId: app,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: email, ...more },
      }),
    );

  it("leads a new user from the temporary password over setting up an app to tokens", async () => {
    await cognito.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: strict,
        Username: email,
        TemporaryPassword: PASSWORD,
        MessageAction: "SUPPRESS",
      }),
    );
    const { Session: first } = await signIn(cognito.sdk, strict, app, email);
    const setup = await respond("NEW_PASSWORD_REQUIRED", first, { NEW_PASSWORD: "Another-horse-2" });
    expect(setup.ChallengeName).toBe("MFA_SETUP");
    expect(setup.AuthenticationResult).toBeUndefined();
    expect(setup.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SMS_MFA","SOFTWARE_TOKEN_MFA"]');
    await refused(
      respond("MFA_SETUP", setup.Session),
      "NotAuthorizedException",
      "Invalid session for the user.",
    );

    const associated = await cognito.sdk.send(new AssociateSoftwareTokenCommand({ Session: setup.Session }));
    const secret = associated.SecretCode ?? "";
    await refused(
      cognito.sdk.send(new AssociateSoftwareTokenCommand({ Session: setup.Session })),
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    );
    const verify = (UserCode: string) =>
      cognito.sdk.send(new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode }));
    await refused(verify(codeOf(secret, 9)), "EnableSoftwareTokenMFAException");
    const verified = await verify(codeOf(secret, -1));
    const { access } = tokensOf(await respond("MFA_SETUP", verified.Session));
    expect(access.token_use).toBe("access");

    const next = await signIn(cognito.sdk, strict, app, email, "Another-horse-2");
    expect(next.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const done = await respond("SOFTWARE_TOKEN_MFA", next.Session, {
      SOFTWARE_TOKEN_MFA_CODE: codeOf(secret),
    });
    expect(done.AuthenticationResult).toBeDefined();
  });

  it("asks whoever has a phone for the code that was texted there", async () => {
    await createUser(cognito.sdk, strict, email, { attributes: PHONE });
    const { ChallengeName, Session } = await signIn(cognito.sdk, strict, app, email);
    expect(ChallengeName).toBe("SMS_MFA");
    expect(
      (await respond("SMS_MFA", Session, { SMS_MFA_CODE: await textedCode() })).AuthenticationResult,
    ).toBeDefined();
  });

  it("does not set up an app by an access token's lack, nor with both an access token and a session", async () => {
    const { sdk } = cognito;
    const message = "Only one of AccessToken or Session must be provided in the request";
    await refused(sdk.send(new AssociateSoftwareTokenCommand({})), "InvalidParameterException", message);
    await refused(
      sdk.send(new AssociateSoftwareTokenCommand({ Session: "x".repeat(30) })),
      "NotAuthorizedException",
      "Invalid session for the user.",
    );
  });
});

describe("the pool's settings", () => {
  it("are read back as they were set, and OFF asks nobody", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const get = () => sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(await get()).toMatchObject({ MfaConfiguration: "OFF" });
    await offer("OPTIONAL", { sms: false, totp: true }, UserPoolId);
    const set = await get();
    expect(set).toMatchObject({
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    expect(set.SmsMfaConfiguration).toBeUndefined();
    await sdk.send(new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: "OFF" }));
    expect((await get()).SoftwareTokenMfaConfiguration).toBeUndefined();
  });

  it("refuse a factor without MFA, MFA without a factor, and what is not built", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk);
    const set = (more: object) => sdk.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...more }));
    const name = "InvalidParameterException";
    await refused(
      set({ MfaConfiguration: "OFF", SoftwareTokenMfaConfiguration: { Enabled: true } }),
      name,
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    );
    await refused(
      set({ MfaConfiguration: "ON" }),
      name,
      "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
    );
    await refused(set({ MfaConfiguration: "ON", EmailMfaConfiguration: {} }), name);
    await refused(
      createPool(sdk, { MfaConfiguration: "OPTIONAL" }),
      name,
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
    await refused(
      sdk.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: "ON", SmsConfiguration: SMS })),
      name,
      "Cannot turn MFA functionality ON, once the user pool has been created.",
    );
  });

  it("come with the pool as well, with SMS as the factor", async () => {
    const { sdk } = cognito;
    const UserPoolId = await createPool(sdk, { MfaConfiguration: "ON", SmsConfiguration: SMS });
    const { SmsMfaConfiguration } = await sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(SmsMfaConfiguration).toMatchObject({ SmsConfiguration: SMS });
    const { id } = await createClient(sdk, UserPoolId);
    await createUser(sdk, UserPoolId, email);
    const setup = await signIn(sdk, UserPoolId, id, email);
    expect(setup.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SMS_MFA"]');
    await sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: email,
        UserAttributes: [{ Name: "phone_number", Value: PHONE.phone_number }],
      }),
    );
    expect((await signIn(sdk, UserPoolId, id, email)).ChallengeName).toBe("SMS_MFA");
  });

  it("do not include devices: those operations are not there", async () => {
    await createUser(cognito.sdk, pool, email);
    const answered = await cognito.sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId: pool,
        ClientId: client,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD },
      }),
    );
    const AccessToken = answered.AuthenticationResult?.AccessToken;
    await refused(cognito.sdk.send(new ListDevicesCommand({ AccessToken })), "UnknownOperationException");
  });
});
