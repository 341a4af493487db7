import { describe, expect, it } from "vitest";
import { newBench, openBench } from "./bench";
import { codeFor, given, OTHER_PASSWORD, tokensOf, wrong } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import { totp } from "./totp";

const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/contract", ExternalId: "contract" };
const software = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const bench = await openBench();
const { target, sdk, pool, client, enter, tokensFor, answer, signedIn } = bench;
const required = await newBench(target);
// AWS wants a role that really may send texts.
const texts = target.isAws ? {} : { SmsMfaConfiguration: { SmsConfiguration } };
await sdk.setUserPoolMfaConfig({ UserPoolId: pool, MfaConfiguration: "OPTIONAL", ...software, ...texts });
await sdk.setUserPoolMfaConfig({ UserPoolId: required.pool, MfaConfiguration: "ON", ...software });

let phones = 0;
const newPhone = () => {
  phones += 1;
  return `+8190${String(10_000_000 + process.pid * 100 + phones).slice(-8)}`;
};
const preferred = { Enabled: true, PreferredMfa: true };

/** A user with an authenticator app: whose codes have all been used up to now. */
async function withApp(attributes: Record<string, string> = {}) {
  const user = await signedIn({ attributes });
  const { AccessToken } = user;
  const secret = given((await sdk.associateSoftwareToken({ AccessToken })).SecretCode);
  await sdk.verifySoftwareToken({ AccessToken, UserCode: totp(secret) });
  await sdk.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: preferred });
  return { ...user, secret };
}
/** Such a user, whose password was right: the session waits for a code. */
async function asked() {
  const user = await withApp();
  return { ...user, Session: (await enter(user.email)).Session };
}
const showCode = (session: string | undefined, USERNAME: string, code: string, of = client.id) =>
  answer(of, "SOFTWARE_TOKEN_MFA", session, { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code });
/** The code of the next half minute, which the tolerance takes already and nobody has used. */
const nextCode = (secret: string) => totp(secret, Date.now() + 30_000);

const INVALID = "Invalid session for the user.";
const USED = "Invalid session for the user, session can only be used once.";

describe("setting up an authenticator app", () => {
  it("gives a secret in base32, takes a code, and does not switch anything on by itself", async () => {
    const { AccessToken, email } = await signedIn();
    const { SecretCode, Session } = await sdk.associateSoftwareToken({ AccessToken });
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    expect(Session).toBeUndefined();
    const UserCode = totp(given(SecretCode));
    const { Status } = await sdk.verifySoftwareToken({ AccessToken, UserCode });
    expect(Status).toBe("SUCCESS");
    await tokensFor(email);
  });

  it("refuses a wrong code: EnableSoftwareTokenMFAException", async () => {
    const { AccessToken } = await signedIn();
    const { SecretCode } = await sdk.associateSoftwareToken({ AccessToken });
    const UserCode = wrong(totp(given(SecretCode)));
    const attempt = sdk.verifySoftwareToken({ AccessToken, UserCode });
    const words = "Code mismatch and fail enable Software Token MFA";
    await refused(attempt, "EnableSoftwareTokenMFAException", words);
  });

  it("takes no code before there is a secret: SoftwareTokenMFANotFoundException", async () => {
    const { AccessToken } = await signedIn();
    const attempt = sdk.verifySoftwareToken({ AccessToken, UserCode: "123456" });
    await refused(attempt, "SoftwareTokenMFANotFoundException");
  });

  it("takes the app of before away as soon as it is begun again", async () => {
    const { AccessToken, email } = await withApp();
    await sdk.associateSoftwareToken({ AccessToken });
    await tokensFor(email);
  });

  it.each(["12345", "1234567", "abcdef", ""])(
    "refuses %j as a code: InvalidParameterException",
    async (UserCode) => {
      const { AccessToken } = await signedIn();
      const attempt = sdk.verifySoftwareToken({ AccessToken, UserCode });
      await invalidParameter(attempt);
    },
  );

  it("gives another secret each time, and takes no code of the one before", async () => {
    const { AccessToken } = await signedIn();
    const first = await sdk.associateSoftwareToken({ AccessToken });
    const second = await sdk.associateSoftwareToken({ AccessToken });
    expect(second.SecretCode).not.toBe(first.SecretCode);
    const UserCode = totp(given(first.SecretCode));
    const attempt = sdk.verifySoftwareToken({ AccessToken, UserCode });
    await refused(attempt, "EnableSoftwareTokenMFAException");
  });

  it("is refused in a pool without it: SoftwareTokenMFANotFoundException", async () => {
    const off = await newBench(target);
    const { AccessToken } = await off.signedIn();
    const attempt = sdk.associateSoftwareToken({ AccessToken });
    const words = "Software Token MFA has not been enabled by the userPool";
    await refused(attempt, "SoftwareTokenMFANotFoundException", words);
  });

  it("takes an access token or a session, not both nor neither: InvalidParameterException", async () => {
    for (const both of [{}, { AccessToken: "x", Session: "x".repeat(100) }]) {
      const attempt = sdk.associateSoftwareToken(both);
      await invalidParameter(attempt, "Only one of AccessToken or Session must be provided in the request");
    }
  });

  it("takes no invented session: NotAuthorizedException", async () => {
    await notAuthorized(sdk.associateSoftwareToken({ Session: "x".repeat(100) }), INVALID);
  });
});

describe("SOFTWARE_TOKEN_MFA", () => {
  it("is asked after the password, without tokens, and answered with a code", async () => {
    const { email, secret, username } = await withApp();
    const asked = await enter(email);
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(asked.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: username });
    const { access } = tokensOf(await showCode(asked.Session, email, nextCode(secret)));
    expect(access.username).toBe(username);
  });

  it("is not answered once an administrator has reset the password: PasswordResetRequiredException", async () => {
    const { email: Username, secret, Session } = await asked();
    await sdk.adminResetUserPassword({ UserPoolId: pool, Username });
    const attempt = showCode(Session, Username, nextCode(secret));
    await refused(attempt, "PasswordResetRequiredException");
  });

  it("refuses a wrong code and leaves the session open for a right one: CodeMismatchException", async () => {
    const { email, secret, Session } = await asked();
    const attempt = showCode(Session, email, wrong(nextCode(secret)));
    await refused(attempt, "CodeMismatchException", "Invalid code received for user");
    tokensOf(await showCode(Session, email, nextCode(secret)));
  });

  it("takes no code twice: ExpiredCodeException", async () => {
    const { email, secret } = await withApp();
    const code = nextCode(secret);
    tokensOf(await showCode((await enter(email)).Session, email, code));
    const { Session } = await enter(email);
    const words = "Your software token has already been used once.";
    await refused(showCode(Session, email, code), "ExpiredCodeException", words);
    if (!target.isOwn) return;
    // The session waits for the next one, and then for none.
    const fresh = totp(secret, Date.now() + 90_000);
    await target.later(90, async () => {
      tokensOf(await showCode(Session, email, fresh));
      await notAuthorized(showCode(Session, email, fresh), USED);
    });
  });

  it("takes no code of ten minutes ago: CodeMismatchException", async () => {
    const { email, secret, Session } = await asked();
    const old = totp(secret, Date.now() - 600_000);
    await refused(showCode(Session, email, old), "CodeMismatchException");
  });

  it("takes no code of another user's app: CodeMismatchException", async () => {
    const one = await withApp();
    const two = await withApp();
    const { Session } = await enter(one.email);
    await refused(showCode(Session, one.email, nextCode(two.secret)), "CodeMismatchException");
  });

  it("is not answered without a code: InvalidParameterException", async () => {
    const { email, Session } = await asked();
    const attempt = answer(client.id, "SOFTWARE_TOKEN_MFA", Session, { USERNAME: email });
    const words = "Missing required parameter SOFTWARE_TOKEN_MFA_CODE";
    await invalidParameter(attempt, words);
  });

  it("is not passed by by answering a challenge that was not asked: NotAuthorizedException", async () => {
    const { email, secret, Session } = await asked();
    for (const [name, responses] of [
      ["SMS_MFA", { SMS_MFA_CODE: nextCode(secret) }],
      ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "Another-one-3" }],
      ["MFA_SETUP", {}],
      ["SELECT_MFA_TYPE", { ANSWER: "SOFTWARE_TOKEN_MFA" }],
    ] as const) {
      await notAuthorized(answer(client.id, name, Session, { USERNAME: email, ...responses }), INVALID);
    }
  });

  it("of one user is not answered by another: NotAuthorizedException", async () => {
    const { secret, Session } = await asked();
    const other = await bench.newUser();
    const attempt = showCode(Session, other.email, nextCode(secret));
    await notAuthorized(attempt, INVALID);
  });

  it.skipIf(!target.isOwn)("locks out after five wrong codes: NotAuthorizedException", async () => {
    const { email, secret, Session } = await asked();
    await target.lockingOut(async () => {
      for (let at = 0; at < 5; at += 1) {
        await refused(showCode(Session, email, wrong(nextCode(secret))), "CodeMismatchException");
      }
    });
    // The right password of another sign-in does not forgive wrong codes.
    const other = await enter(email);
    for (const session of [Session, other.Session]) {
      await notAuthorized(showCode(session, email, nextCode(secret)), "Password attempts exceeded");
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
    expect(await sdk.getUser({ AccessToken })).toMatchObject(expected);
    const seen = await sdk.adminGetUser({ UserPoolId: pool, Username: email });
    expect(seen).toMatchObject(expected);
  });

  it("can be taken away by the user, after which the password is enough", async () => {
    const { email, AccessToken } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: false, PreferredMfa: false };
    await sdk.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
    await tokensFor(email);
  });

  it("can be taken away by an administrator", async () => {
    const { email: Username } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: false };
    const request = { UserPoolId: pool, Username, SoftwareTokenMfaSettings };
    await sdk.adminSetUserMFAPreference(request);
    await tokensFor(Username);
  });

  it("can be to be asked without preferring it", async () => {
    const { email, AccessToken } = await withApp();
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: false };
    await sdk.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
    expect((await enter(email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  const lacking = (factor: string) => `User does not have delivery config set to turn on ${factor}`;
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
      { SMSMfaSettings: preferred, SoftwareTokenMfaSettings: preferred },
      "Only one MFA type can be preferred",
    ],
  ])("cannot be %s: InvalidParameterException", async (_, settings, words) => {
    const { AccessToken } = await signedIn();
    const attempt = sdk.setUserMFAPreference({ AccessToken, ...settings });
    await invalidParameter(attempt, words);
  });

  it("cannot be an app whose code was never shown: InvalidParameterException", async () => {
    const { AccessToken } = await signedIn();
    await sdk.associateSoftwareToken({ AccessToken });
    const wish = { AccessToken, SoftwareTokenMfaSettings: preferred };
    const attempt = sdk.setUserMFAPreference(wish);
    await invalidParameter(attempt, lacking("SOFTWARE_TOKEN_MFA"));
  });
});

describe.skipIf(!target.tellsMessages)("SMS_MFA", () => {
  async function withPhone() {
    const phone = newPhone();
    const { email } = await bench.newUser({ attributes: { phone_number: phone } });
    await sdk.adminSetUserMFAPreference({ UserPoolId: pool, Username: email, SMSMfaSettings: preferred });
    return { email, phone };
  }
  /** Such a user, whose password was right, and what was texted. */
  async function texted() {
    const user = await withPhone();
    const { Session } = await enter(user.email);
    return { ...user, Session, code: await codeFor(target, user.phone) };
  }
  const sendCode = (session: string | undefined, USERNAME: string, code: string) =>
    answer(client.id, "SMS_MFA", session, { USERNAME, SMS_MFA_CODE: code });

  it("texts a code, tells the end of the number, and takes the code", async () => {
    const { email, phone } = await withPhone();
    const asked = await enter(email);
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
    const { email, Session, code } = await texted();
    const words = "Invalid session for the user, session is expired.";
    await target.later(180, () => notAuthorized(sendCode(Session, email, code), words));
  });

  it("refuses a wrong code and leaves the session open: CodeMismatchException", async () => {
    const { email, Session, code } = await texted();
    const words = "Invalid code or auth state for the user.";
    await refused(sendCode(Session, email, wrong(code)), "CodeMismatchException", words);
    tokensOf(await sendCode(Session, email, code));
  });

  it("takes a code once, and its session with it: NotAuthorizedException", async () => {
    const { email, Session, code } = await texted();
    tokensOf(await sendCode(Session, email, code));
    await notAuthorized(sendCode(Session, email, code), USED);
  });

  it("takes the code of this sign-in, not that of the one before: CodeMismatchException", async () => {
    const { email, phone, code: before } = await texted();
    const { Session } = await enter(email);
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
      sdk.adminSetUserMFAPreference({
        UserPoolId: pool,
        Username,
        SMSMfaSettings: { Enabled: sms, PreferredMfa: false },
        SoftwareTokenMfaSettings: { Enabled: enabled, PreferredMfa: preferred },
      });
    await prefer(true, false);
    const asked = await enter(Username);
    expect(asked.ChallengeName).toBe("SELECT_MFA_TYPE");
    expect(asked.ChallengeParameters?.MFAS_CAN_CHOOSE).toBe('["SMS_MFA","SOFTWARE_TOKEN_MFA"]');
    const choose = (Session: string | undefined, ANSWER: string) =>
      answer(client.id, "SELECT_MFA_TYPE", Session, { USERNAME: Username, ANSWER });
    await invalidParameter(choose(asked.Session, "EMAIL_OTP"));
    const next = await choose(asked.Session, "SOFTWARE_TOKEN_MFA");
    expect(next.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    tokensOf(await showCode(next.Session, Username, nextCode(secret)));

    const sms = await choose((await enter(Username)).Session, "SMS_MFA");
    expect(sms.ChallengeName).toBe("SMS_MFA");
    const responses = { USERNAME: Username, SMS_MFA_CODE: await codeFor(target, phone) };
    tokensOf(await answer(client.id, "SMS_MFA", sms.Session, responses));

    await prefer(true, true);
    expect((await enter(Username)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const told = await sdk.getUser({ AccessToken });
    expect(told.UserMFASettingList?.toSorted()).toEqual(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    expect(told.PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");
    await prefer(false, false, false);
    await tokensFor(Username);
  });
});

describe("MFA_SETUP", () => {
  const finish = (session: string | undefined, USERNAME: string) =>
    answer(required.client.id, "MFA_SETUP", session, { USERNAME });

  it("is asked where the pool insists, walks through the app's setup, and gives tokens at the end", async () => {
    const { email } = await required.newUser({ temporary: true });
    const renewal = { USERNAME: email, NEW_PASSWORD: OTHER_PASSWORD };
    const { Session: first } = await required.enter(email);
    const asked = await answer(required.client.id, "NEW_PASSWORD_REQUIRED", first, renewal);
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(["MFA_SETUP", undefined]);
    expect(asked.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SOFTWARE_TOKEN_MFA"]');
    const associate = () => sdk.associateSoftwareToken({ Session: asked.Session });
    const { SecretCode, Session } = await associate();
    await notAuthorized(associate(), USED);
    const secret = given(SecretCode);
    const verify = (UserCode: string) => sdk.verifySoftwareToken({ Session, UserCode });
    await refused(verify(wrong(totp(secret))), "EnableSoftwareTokenMFAException");
    const verified = await verify(totp(secret));
    expect(verified).toMatchObject({ Status: "SUCCESS", Session: expect.any(String) });
    tokensOf(await finish(verified.Session, email));
    const again = await required.enter(email, OTHER_PASSWORD);
    expect(again.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    tokensOf(await showCode(again.Session, email, nextCode(secret), required.client.id));
  });

  it.skipIf(!target.tellsMessages)(
    "is not asked of whoever has a phone: they are texted a code",
    async () => {
      const insisting = await newBench(target, {}, { MfaConfiguration: "ON", SmsConfiguration });
      const { pool: UserPoolId } = insisting;
      const config = await sdk.getUserPoolMfaConfig({ UserPoolId });
      expect(config.SmsMfaConfiguration).toMatchObject({ SmsConfiguration });
      const { email: Username } = await insisting.newUser();
      const setup = await insisting.enter(Username);
      expect(setup.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SMS_MFA"]');
      const phone = newPhone();
      const UserAttributes = [{ Name: "phone_number", Value: phone }];
      const change = { UserPoolId, Username, UserAttributes };
      await sdk.adminUpdateUserAttributes(change);
      const asked = await insisting.enter(Username);
      expect(asked.ChallengeName).toBe("SMS_MFA");
      const responses = { USERNAME: Username, SMS_MFA_CODE: await codeFor(target, phone) };
      tokensOf(await answer(insisting.client.id, "SMS_MFA", asked.Session, responses));
    },
  );

  it("is not finished before a code was shown: NotAuthorizedException", async () => {
    const { email } = await required.newUser();
    const { Session } = await required.enter(email);
    await notAuthorized(finish(Session, email), INVALID);
    const begun = await sdk.associateSoftwareToken({ Session: (await required.enter(email)).Session });
    await notAuthorized(finish(begun.Session, email));
  });
});

describe("AdminDeleteSoftwareToken", () => {
  it("takes a lost app from its user, who signs in without it and may set up another", async () => {
    const { email: Username, AccessToken } = await withApp();
    await sdk.adminDeleteSoftwareToken({ UserPoolId: pool, Username });
    const user = await sdk.adminGetUser({ UserPoolId: pool, Username });
    expect([user.UserMFASettingList, user.PreferredMfaSetting]).toEqual([undefined, undefined]);
    tokensOf(await enter(Username));
    expect((await sdk.associateSoftwareToken({ AccessToken })).SecretCode).toBeDefined();
  });

  it("of whoever has none is a ResourceNotFoundException [unconfirmed]", async () => {
    const { email: Username } = await bench.newUser();
    const attempt = sdk.adminDeleteSoftwareToken({ UserPoolId: pool, Username });
    await refused(attempt, "ResourceNotFoundException");
  });
});

describe("SetUserSettings and AdminSetUserSettings", () => {
  it.skipIf(target.isAws)("turn texts on and off, and know nothing else", async () => {
    const UserPoolId = pool;
    const { email: Username, AccessToken } = await signedIn({ attributes: { phone_number: newPhone() } });
    const MFAOptions = [{ DeliveryMedium: "SMS" as const, AttributeName: "phone_number" }];
    await sdk.setUserSettings({ AccessToken, MFAOptions });
    expect((await enter(Username)).ChallengeName).toBe("SMS_MFA");
    await sdk.adminSetUserSettings({ UserPoolId, Username, MFAOptions: [] });
    tokensOf(await enter(Username));
    const byMail = [{ DeliveryMedium: "EMAIL" as const, AttributeName: "email" }];
    await invalidParameter(sdk.adminSetUserSettings({ UserPoolId, Username, MFAOptions: byMail }));
  });
});
