import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
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

describe("setting up an authenticator app", () => {
  it("gives a secret in base32, takes a code, and does not switch anything on by itself", async () => {
    const { AccessToken, email } = await user(optional);
    const { SecretCode, Session } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(SecretCode).toMatch(/^[A-Z2-7]{16,}$/);
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
    await refused(attempt, "EnableSoftwareTokenMFAException");
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
    await refused(attempt, "SoftwareTokenMFANotFoundException");
  });

  it("takes an access token or a session, not neither: InvalidParameterException", async () => {
    await refused(sdk.send(new AssociateSoftwareTokenCommand({})), "InvalidParameterException");
  });

  it("takes no invented session: NotAuthorizedException", async () => {
    const attempt = sdk.send(new AssociateSoftwareTokenCommand({ Session: "x".repeat(100) }));
    await refused(attempt, "NotAuthorizedException");
  });
});

describe("SOFTWARE_TOKEN_MFA", () => {
  it("is asked after the password, without tokens, and answered with a code", async () => {
    const { email, secret, username } = await withApp();
    const asked = await enter(optional, email);
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(asked.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: username });
    tokensOf(await showCode(asked.Session, email, nextCode(secret)));
  });

  it("refuses a wrong code and leaves the session open for a right one: CodeMismatchException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    await refused(showCode(Session, email, wrong(nextCode(secret))), "CodeMismatchException");
    tokensOf(await showCode(Session, email, nextCode(secret)));
  });

  it("takes no code twice: ExpiredCodeException", async () => {
    const { email, secret } = await withApp();
    const code = nextCode(secret);
    tokensOf(await showCode((await enter(optional, email)).Session, email, code));
    await refused(showCode((await enter(optional, email)).Session, email, code), "ExpiredCodeException");
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
    await refused(attempt, "InvalidParameterException");
  });

  it("is not passed by by answering a challenge that was not asked: NotAuthorizedException", async () => {
    const { email } = await withApp();
    const { Session } = await enter(optional, email);
    for (const [name, responses] of [
      ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "Another-one-3" }],
      ["MFA_SETUP", {}],
      ["SELECT_MFA_TYPE", { ANSWER: "SOFTWARE_TOKEN_MFA" }],
    ] as const) {
      const attempt = answer(target, clientOf(optional), name, Session, { USERNAME: email, ...responses });
      await refused(attempt, "NotAuthorizedException");
    }
  });

  it.skipIf(!target.isOwn)("locks out after five wrong codes: NotAuthorizedException", async () => {
    const { email, secret } = await withApp();
    const { Session } = await enter(optional, email);
    for (let at = 0; at < 5; at += 1) {
      await refused(showCode(Session, email, wrong(nextCode(secret))), "CodeMismatchException");
    }
    await refused(showCode(Session, email, nextCode(secret)), "NotAuthorizedException");
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

  it.each([
    ["an app that was never set up", { SoftwareTokenMfaSettings: { Enabled: true } }],
    ["texts without a phone number", { SMSMfaSettings: { Enabled: true } }],
    ["a factor that is preferred and not enabled", { SoftwareTokenMfaSettings: { PreferredMfa: true } }],
  ])("cannot be %s: InvalidParameterException", async (_, settings) => {
    const { AccessToken } = await user(optional);
    const attempt = sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, ...settings }));
    await refused(attempt, "InvalidParameterException");
  });
});

describe.skipIf(!target.tellsMessages)("SMS_MFA", () => {
  async function withPhone() {
    const phone = newPhone();
    const attributes = { phone_number: phone, phone_number_verified: "true" };
    const { email } = await user(optional, attributes);
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
    tokensOf(await sendCode(asked.Session, email, await codeFor(target, phone)));
  });

  it("refuses a wrong code and leaves the session open: CodeMismatchException", async () => {
    const { email, phone } = await withPhone();
    const { Session } = await enter(optional, email);
    const code = await codeFor(target, phone);
    await refused(sendCode(Session, email, wrong(code)), "CodeMismatchException");
    tokensOf(await sendCode(Session, email, code));
  });

  it("takes a code once, and its session with it: NotAuthorizedException", async () => {
    const { email, phone } = await withPhone();
    const { Session } = await enter(optional, email);
    const code = await codeFor(target, phone);
    tokensOf(await sendCode(Session, email, code));
    await refused(sendCode(Session, email, code), "NotAuthorizedException", /session/i);
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
  it("lets a user of two factors without a preference choose", async () => {
    const phone = newPhone();
    const { email: Username, secret } = await withApp({ phone_number: phone, phone_number_verified: "true" });
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: false };
    const settings = { SMSMfaSettings: { Enabled: true, PreferredMfa: false }, SoftwareTokenMfaSettings };
    await sdk.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId: optional, Username, ...settings }));
    const asked = await enter(optional, Username);
    expect(asked.ChallengeName).toBe("SELECT_MFA_TYPE");
    const choices: unknown = JSON.parse(asked.ChallengeParameters?.MFAS_CAN_CHOOSE ?? "");
    expect(choices).toEqual(expect.arrayContaining(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]));
    const choose = (ANSWER: string) =>
      answer(target, clientOf(optional), "SELECT_MFA_TYPE", asked.Session, { USERNAME: Username, ANSWER });
    await refused(choose("EMAIL_OTP"), "InvalidParameterException");
    const next = await choose("SOFTWARE_TOKEN_MFA");
    expect(next.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    tokensOf(await showCode(next.Session, Username, nextCode(secret)));
  });
});

describe("MFA_SETUP", () => {
  const finish = (session: string | undefined, USERNAME: string) =>
    answer(target, clientOf(required), "MFA_SETUP", session, { USERNAME });

  it("is asked where the pool insists, walks through the app's setup, and gives tokens at the end", async () => {
    const { email } = await user(required);
    const asked = await enter(required, email);
    expect(asked.ChallengeName).toBe("MFA_SETUP");
    expect(JSON.parse(asked.ChallengeParameters?.MFAS_CAN_SETUP ?? "")).toContain("SOFTWARE_TOKEN_MFA");
    const begun = await sdk.send(new AssociateSoftwareTokenCommand({ Session: asked.Session }));
    const secret = given(begun.SecretCode);
    const request = { Session: begun.Session, UserCode: totp(secret) };
    const verified = await sdk.send(new VerifySoftwareTokenCommand(request));
    expect(verified).toMatchObject({ Status: "SUCCESS", Session: expect.any(String) });
    tokensOf(await finish(verified.Session, email));
    const again = await enter(required, email);
    expect(again.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  it("is not finished before a code was shown: NotAuthorizedException", async () => {
    const { email } = await user(required);
    const { Session } = await enter(required, email);
    await refused(finish(Session, email), "NotAuthorizedException");
    const begun = await sdk.send(
      new AssociateSoftwareTokenCommand({ Session: (await enter(required, email)).Session }),
    );
    await refused(finish(begun.Session, email), "NotAuthorizedException");
  });
});
