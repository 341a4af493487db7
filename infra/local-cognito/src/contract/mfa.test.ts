import {
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  GetUserPoolMfaConfigCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answer,
  type ContractClient,
  codeFor,
  createClient,
  createPool,
  createUser,
  given,
  OTHER_PASSWORD,
  signIn,
  tokensOf,
  wrong,
} from "./pool";
import { refused } from "./refusal";
import { openTarget } from "./target";
import { totp } from "./totp";

const target = await openTarget();
const { sdk } = target;
const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/contract", ExternalId: "contract" };
const software = { SoftwareTokenMfaConfiguration: { Enabled: true } };
// AWS wants a role that really may send texts.
const texts = target.isAws ? {} : { SmsMfaConfiguration: { SmsConfiguration } };

let optional: string;
let required: string;
let off: string;
const clients = new Map<string, ContractClient>();
beforeAll(async () => {
  optional = await createPool(target);
  required = await createPool(target);
  off = await createPool(target);
  const both = { ...software, ...texts };
  await sdk.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId: optional, MfaConfiguration: "OPTIONAL", ...both }),
  );
  await sdk.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId: required, MfaConfiguration: "ON", ...software }),
  );
  for (const pool of [optional, required, off]) clients.set(pool, await createClient(target, pool));
});
afterAll(() => target.close());

const clientOf = (pool: string) => given(clients.get(pool)).id;
const enter = (pool: string, email: string) => signIn(target, pool, clientOf(pool), email);
let phones = 0;
async function user(pool: string, attributes: Record<string, string> = {}) {
  const made = await createUser(target, pool, { attributes });
  return {
    ...made,
    ...(pool === required ? {} : { AccessToken: tokensOf(await enter(pool, made.email)).AccessToken }),
  };
}
const newPhone = () => {
  phones += 1;
  return `+8190${String(10_000_000 + process.pid * 100 + phones).slice(-8)}`;
};

/** A user with an authenticator app: whose codes have all been used up to now. */
async function withApp(attributes: Record<string, string> = {}) {
  const { AccessToken, ...rest } = await user(optional, attributes);
  const { SecretCode } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const secret = given(SecretCode);
  await sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: totp(secret) }));
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  return { ...rest, AccessToken, secret };
}
const showCode = (session: string | undefined, USERNAME: string, code: string) =>
  answer(target, clientOf(optional), "SOFTWARE_TOKEN_MFA", session, {
    USERNAME,
    SOFTWARE_TOKEN_MFA_CODE: code,
  });
/** The code of the next half minute, which the tolerance takes already and nobody has used. */
const nextCode = (secret: string) => totp(secret, Date.now() + 30_000);

const INVALID = "Invalid session for the user.";
const USED = "Invalid session for the user, session can only be used once.";

describe("setting up an authenticator app", () => {
  it("gives a secret in base32, takes a code, and does not switch anything on by itself", async () => {
    const { AccessToken, email } = await user(optional);
    const { SecretCode, Session } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    expect(Session).toBeUndefined();
    const UserCode = totp(given(SecretCode));
    const { Status } = await sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    expect(Status).toBe("SUCCESS");
    tokensOf(await enter(optional, email));
  });

  it("refuses a wrong code: EnableSoftwareTokenMFAException", async () => {
    const { AccessToken } = await user(optional);
    const { SecretCode } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = wrong(totp(given(SecretCode)));
    const attempt = sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    const words = "Code mismatch and fail enable Software Token MFA";
    await refused(attempt, "EnableSoftwareTokenMFAException", words);
  });

  it("takes no code before there is a secret: SoftwareTokenMFANotFoundException", async () => {
    const { AccessToken } = await user(optional);
    const attempt = sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: "123456" }));
    await refused(attempt, "SoftwareTokenMFANotFoundException");
  });

  it("takes the app of before away as soon as it is begun again", async () => {
    const { AccessToken, email } = await withApp();
    await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    tokensOf(await enter(optional, email));
  });

  it.each(["12345", "1234567", "abcdef", ""])(
    "refuses %j as a code: InvalidParameterException",
    async (UserCode) => {
      const { AccessToken } = await user(optional);
      const attempt = sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
      await refused(attempt, "InvalidParameterException");
    },
  );

  it("gives another secret each time, and takes no code of the one before", async () => {
    const { AccessToken } = await user(optional);
    const first = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const second = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(second.SecretCode).not.toBe(first.SecretCode);
    const UserCode = totp(given(first.SecretCode));
    const attempt = sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    await refused(attempt, "EnableSoftwareTokenMFAException");
  });

  it("is refused in a pool without it: SoftwareTokenMFANotFoundException", async () => {
    const { AccessToken } = await user(off);
    const attempt = sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const words = "Software Token MFA has not been enabled by the userPool";
    await refused(attempt, "SoftwareTokenMFANotFoundException", words);
  });

  it("takes an access token or a session, not both nor neither: InvalidParameterException", async () => {
    const words = "Only one of AccessToken or Session must be provided in the request";
    for (const given of [{}, { AccessToken: "x", Session: "x".repeat(100) }]) {
      const attempt = sdk.send(new AssociateSoftwareTokenCommand(given));
      await refused(attempt, "InvalidParameterException", words);
    }
  });

  it("takes no invented session: NotAuthorizedException", async () => {
    const attempt = sdk.send(new AssociateSoftwareTokenCommand({ Session: "x".repeat(100) }));
    await refused(attempt, "NotAuthorizedException", INVALID);
  });
});

describe("SOFTWARE_TOKEN_MFA", () => {
  it("is asked after the password, without tokens, and answered with a code", async () => {
    const { email, secret, username } = await withApp();
    const asked = await enter(optional, email);
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(asked.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: username });
    const { access } = tokensOf(await showCode(asked.Session, email, nextCode(secret)));
    expect(access.username).toBe(username);
  });

  it("is not answered once an administrator has reset the password: PasswordResetRequiredException", async () => {
    const { email: Username, secret } = await withApp();
    const { Session } = await enter(optional, Username);
    await sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: optional, Username }));
    const attempt = showCode(Session, Username, nextCode(secret));
    await refused(attempt, "PasswordResetRequiredException");
  });

  it("refuses a wrong code and leaves the session open for a right one: CodeMismatchException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    const attempt = showCode(Session, email, wrong(nextCode(secret)));
    await refused(attempt, "CodeMismatchException", "Invalid code received for user");
    tokensOf(await showCode(Session, email, nextCode(secret)));
  });

  it("takes no code twice: ExpiredCodeException", async () => {
    const { email, secret } = await withApp();
    const code = nextCode(secret);
    tokensOf(await showCode((await enter(optional, email)).Session, email, code));
    const { Session } = await enter(optional, email);
    const words = "Your software token has already been used once.";
    await refused(showCode(Session, email, code), "ExpiredCodeException", words);
    if (!target.isOwn) return;
    // The session waits for the next one, and then for none.
    const fresh = totp(secret, Date.now() + 90_000);
    await target.later(90, async () => {
      tokensOf(await showCode(Session, email, fresh));
      await refused(showCode(Session, email, fresh), "NotAuthorizedException", USED);
    });
  });

  it("takes no code of ten minutes ago: CodeMismatchException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    const old = totp(secret, Date.now() - 600_000);
    await refused(showCode(Session, email, old), "CodeMismatchException");
  });

  it("takes no code of another user's app: CodeMismatchException", async () => {
    const one = await withApp();
    const two = await withApp();
    const { Session } = await enter(optional, one.email);
    await refused(showCode(Session, one.email, nextCode(two.secret)), "CodeMismatchException");
  });

  it("is not answered without a code: InvalidParameterException", async () => {
    const { email } = await withApp();
    const { Session } = await enter(optional, email);
    const attempt = answer(target, clientOf(optional), "SOFTWARE_TOKEN_MFA", Session, { USERNAME: email });
    const words = "Missing required parameter SOFTWARE_TOKEN_MFA_CODE";
    await refused(attempt, "InvalidParameterException", words);
  });

  it("is not passed by by answering a challenge that was not asked: NotAuthorizedException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    for (const [name, responses] of [
      ["SMS_MFA", { SMS_MFA_CODE: nextCode(secret) }],
      ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "Another-one-3" }],
      ["MFA_SETUP", {}],
      ["SELECT_MFA_TYPE", { ANSWER: "SOFTWARE_TOKEN_MFA" }],
    ] as const) {
      const attempt = answer(target, clientOf(optional), name, Session, { USERNAME: email, ...responses });
      await refused(attempt, "NotAuthorizedException", INVALID);
    }
  });

  it("of one user is not answered by another: NotAuthorizedException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    const other = await user(optional);
    const attempt = showCode(Session, other.email, nextCode(secret));
    await refused(attempt, "NotAuthorizedException", INVALID);
  });

  it.skipIf(!target.isOwn)("locks out after five wrong codes: NotAuthorizedException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    for (let at = 0; at < 5; at += 1) {
      await refused(showCode(Session, email, wrong(nextCode(secret))), "CodeMismatchException");
    }
    // The right password of another sign-in does not forgive wrong codes.
    const other = await enter(optional, email);
    for (const session of [Session, other.Session]) {
      const attempt = showCode(session, email, nextCode(secret));
      await refused(attempt, "NotAuthorizedException", "Password attempts exceeded");
    }
    const code = totp(secret, Date.now() + 60_000);
    await target.later(60, async () => tokensOf(await showCode(Session, email, code)));
  });
});

describe("the preference", () => {
  it("is told by GetUser and AdminGetUser", async () => {
    const { email, AccessToken } = await withApp();
    const expected = {
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    };
    expect(await sdk.send(new GetUserCommand({ AccessToken }))).toMatchObject(expected);
    const seen = await sdk.send(new AdminGetUserCommand({ UserPoolId: optional, Username: email }));
    expect(seen).toMatchObject(expected);
  });

  it("can be taken away by the user, after which the password is enough", async () => {
    const { email, AccessToken } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: false, PreferredMfa: false };
    await sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    tokensOf(await enter(optional, email));
  });

  it("can be taken away by an administrator", async () => {
    const { email: Username } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: false };
    const request = { UserPoolId: optional, Username, SoftwareTokenMfaSettings };
    await sdk.send(new AdminSetUserMFAPreferenceCommand(request));
    tokensOf(await enter(optional, Username));
  });

  it("can be to be asked without preferring it", async () => {
    const { email, AccessToken } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: false };
    await sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    expect((await enter(optional, email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  const lacking = (factor: string) => `User does not have delivery config set to turn on ${factor}`;
  const both = { Enabled: true, PreferredMfa: true };
  it.each<[string, object, words?: string]>([
    [
      "an app that was never set up",
      { SoftwareTokenMfaSettings: { Enabled: true } },
      lacking("SOFTWARE_TOKEN_MFA"),
    ],
    ["texts without a phone number", { SMSMfaSettings: { Enabled: true } }, lacking("SMS_MFA")],
    ["a factor that is preferred and not enabled", { SoftwareTokenMfaSettings: { PreferredMfa: true } }],
    [
      "for both",
      { SMSMfaSettings: both, SoftwareTokenMfaSettings: both },
      "Only one MFA type can be preferred",
    ],
  ])("cannot be %s: InvalidParameterException", async (_, settings, words) => {
    const { AccessToken } = await user(optional);
    const attempt = sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, ...settings }));
    await refused(attempt, "InvalidParameterException", words);
  });

  it("cannot be an app whose code was never shown: InvalidParameterException", async () => {
    const { AccessToken } = await user(optional);
    await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const wish = { AccessToken, SoftwareTokenMfaSettings: both };
    const attempt = sdk.send(new SetUserMFAPreferenceCommand(wish));
    await refused(attempt, "InvalidParameterException", lacking("SOFTWARE_TOKEN_MFA"));
  });
});

describe.skipIf(!target.tellsMessages)("SMS_MFA", () => {
  async function withPhone() {
    const phone = newPhone();
    const { email } = await user(optional, { phone_number: phone });
    const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
    const request = { UserPoolId: optional, Username: email, SMSMfaSettings };
    await sdk.send(new AdminSetUserMFAPreferenceCommand(request));
    return { email, phone };
  }
  const sendCode = (session: string | undefined, USERNAME: string, code: string) =>
    answer(target, clientOf(optional), "SMS_MFA", session, { USERNAME, SMS_MFA_CODE: code });

  it("texts a code, tells the end of the number, and takes the code", async () => {
    const { email, phone } = await withPhone();
    const asked = await enter(optional, email);
    expect(asked).toMatchObject({
      ChallengeName: "SMS_MFA",
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
        CODE_DELIVERY_DESTINATION: expect.stringMatching(new RegExp(`^\\+\\*+${phone.slice(-4)}$`)),
      },
    });
    const { id } = tokensOf(await sendCode(asked.Session, email, await codeFor(target, phone)));
    expect(id).toMatchObject({
      sub: asked.ChallengeParameters?.USER_ID_FOR_SRP,
      phone_number: phone,
      // Whoever read the text holds the number.
      phone_number_verified: true,
    });
  });

  it.skipIf(!target.isOwn)("takes a code for three minutes: NotAuthorizedException", async () => {
    const { email, phone } = await withPhone();
    const { Session } = await enter(optional, email);
    const code = await codeFor(target, phone);
    const words = "Invalid session for the user, session is expired.";
    await target.later(180, () => refused(sendCode(Session, email, code), "NotAuthorizedException", words));
  });

  it("refuses a wrong code and leaves the session open: CodeMismatchException", async () => {
    const { email, phone } = await withPhone();
    const { Session } = await enter(optional, email);
    const code = await codeFor(target, phone);
    const words = "Invalid code or auth state for the user.";
    await refused(sendCode(Session, email, wrong(code)), "CodeMismatchException", words);
    tokensOf(await sendCode(Session, email, code));
  });

  it("takes a code once, and its session with it: NotAuthorizedException", async () => {
    const { email, phone } = await withPhone();
    const { Session } = await enter(optional, email);
    const code = await codeFor(target, phone);
    tokensOf(await sendCode(Session, email, code));
    await refused(sendCode(Session, email, code), "NotAuthorizedException", USED);
  });

  it("takes the code of this sign-in, not that of the one before: CodeMismatchException", async () => {
    const { email, phone } = await withPhone();
    await enter(optional, email);
    const before = await codeFor(target, phone);
    const { Session } = await enter(optional, email);
    const now = await codeFor(target, phone);
    if (before !== now) await refused(sendCode(Session, email, before), "CodeMismatchException");
    tokensOf(await sendCode(Session, email, now));
  });
});

describe.skipIf(!target.tellsMessages)("SELECT_MFA_TYPE", () => {
  it("lets a user of two factors without a preference choose, and none with one", async () => {
    const phone = newPhone();
    const { email: Username, secret, AccessToken } = await withApp({ phone_number: phone });
    const prefer = (sms: boolean, preferred: boolean, enabled = true) =>
      sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId: optional,
          Username,
          SMSMfaSettings: { Enabled: sms, PreferredMfa: false },
          SoftwareTokenMfaSettings: { Enabled: enabled, PreferredMfa: preferred },
        }),
      );
    await prefer(true, false);
    const asked = await enter(optional, Username);
    expect(asked.ChallengeName).toBe("SELECT_MFA_TYPE");
    expect(asked.ChallengeParameters?.MFAS_CAN_CHOOSE).toBe('["SMS_MFA","SOFTWARE_TOKEN_MFA"]');
    const choose = (Session: string | undefined, ANSWER: string) =>
      answer(target, clientOf(optional), "SELECT_MFA_TYPE", Session, { USERNAME: Username, ANSWER });
    await refused(choose(asked.Session, "EMAIL_OTP"), "InvalidParameterException");
    const next = await choose(asked.Session, "SOFTWARE_TOKEN_MFA");
    expect(next.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    tokensOf(await showCode(next.Session, Username, nextCode(secret)));

    const texted = await choose((await enter(optional, Username)).Session, "SMS_MFA");
    expect(texted.ChallengeName).toBe("SMS_MFA");
    const responses = { USERNAME: Username, SMS_MFA_CODE: await codeFor(target, phone) };
    tokensOf(await answer(target, clientOf(optional), "SMS_MFA", texted.Session, responses));

    await prefer(true, true);
    expect((await enter(optional, Username)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const told = await sdk.send(new GetUserCommand({ AccessToken }));
    expect(told.UserMFASettingList?.toSorted()).toEqual(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    expect(told.PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");
    await prefer(false, false, false);
    tokensOf(await enter(optional, Username));
  });
});

describe("MFA_SETUP", () => {
  const finish = (session: string | undefined, USERNAME: string) =>
    answer(target, clientOf(required), "MFA_SETUP", session, { USERNAME });

  it("is asked where the pool insists, walks through the app's setup, and gives tokens at the end", async () => {
    const { email } = await createUser(target, required, { temporary: true });
    const renewal = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    const { Session: first } = await enter(required, email);
    const asked = await answer(target, clientOf(required), "NEW_PASSWORD_REQUIRED", first, renewal);
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(["MFA_SETUP", undefined]);
    expect(asked.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SOFTWARE_TOKEN_MFA"]');
    const associate = () => sdk.send(new AssociateSoftwareTokenCommand({ Session: asked.Session }));
    const { SecretCode, Session } = await associate();
    await refused(associate(), "NotAuthorizedException", USED);
    const secret = given(SecretCode);
    const verify = (UserCode: string) => sdk.send(new VerifySoftwareTokenCommand({ Session, UserCode }));
    await refused(verify(wrong(totp(secret))), "EnableSoftwareTokenMFAException");
    const verified = await verify(totp(secret));
    expect(verified).toMatchObject({ Status: "SUCCESS", Session: expect.any(String) });
    tokensOf(await finish(verified.Session, email));
    const again = await signIn(target, required, clientOf(required), email, OTHER_PASSWORD);
    expect(again.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const responses = { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: nextCode(secret) };
    tokensOf(await answer(target, clientOf(required), "SOFTWARE_TOKEN_MFA", again.Session, responses));
  });

  it.skipIf(!target.tellsMessages)(
    "is not asked of whoever has a phone: they are texted a code",
    async () => {
      const insisting = await createPool(target, { MfaConfiguration: "ON", SmsConfiguration });
      const config = await sdk.send(new GetUserPoolMfaConfigCommand({ UserPoolId: insisting }));
      expect(config.SmsMfaConfiguration).toMatchObject({ SmsConfiguration });
      const { id } = await createClient(target, insisting);
      const { email: Username } = await createUser(target, insisting);
      const setup = await signIn(target, insisting, id, Username);
      expect(setup.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SMS_MFA"]');
      const phone = newPhone();
      const UserAttributes = [{ Name: "phone_number", Value: phone }];
      const change = { UserPoolId: insisting, Username, UserAttributes };
      await sdk.send(new AdminUpdateUserAttributesCommand(change));
      const asked = await signIn(target, insisting, id, Username);
      expect(asked.ChallengeName).toBe("SMS_MFA");
      const responses = { USERNAME: Username, SMS_MFA_CODE: await codeFor(target, phone) };
      tokensOf(await answer(target, id, "SMS_MFA", asked.Session, responses));
    },
  );

  it("is not finished before a code was shown: NotAuthorizedException", async () => {
    const { email } = await user(required);
    const { Session } = await enter(required, email);
    await refused(finish(Session, email), "NotAuthorizedException", INVALID);
    const begun = await sdk.send(
      new AssociateSoftwareTokenCommand({ Session: (await enter(required, email)).Session }),
    );
    await refused(finish(begun.Session, email), "NotAuthorizedException");
  });
});
