import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { codeFor, given, newEmail, tokensOf, wrong } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";

const target = await openForFile();
const EmailConfiguration = {
  EmailSendingAccount: "DEVELOPER" as const,
  SourceArn: "arn:aws:ses:eu-west-1:000000000000:identity/acme.example",
};
const bench = await newBench(target, {}, { EmailConfiguration });
const { sdk, pool: UserPoolId, client, newPool, newUser, enter, answer, signedIn } = bench;
const mails = { Message: "Your way in is {####}", Subject: "The way in" };
const configure = (more: object = { EmailMfaConfiguration: mails }, of = UserPoolId) =>
  sdk.setUserPoolMfaConfig({ UserPoolId: of, MfaConfiguration: "OPTIONAL", ...more });
await configure();
const on = { EmailMfaSettings: { Enabled: true, PreferredMfa: true } };

async function withMails() {
  const user = await signedIn();
  await sdk.setUserMFAPreference({ AccessToken: user.AccessToken, ...on });
  return user;
}
const show = (Session: string | undefined, USERNAME: string, EMAIL_OTP_CODE: string) =>
  answer(client.id, "EMAIL_OTP", Session, { USERNAME, EMAIL_OTP_CODE });

describe("e-mail as a second factor", () => {
  it("is told in the pool's and the user's settings", async () => {
    const config = await sdk.getUserPoolMfaConfig({ UserPoolId });
    expect(config.EmailMfaConfiguration).toEqual(mails);
    const { AccessToken } = await withMails();
    const user = await sdk.getUser({ AccessToken });
    expect([user.UserMFASettingList, user.PreferredMfaSetting]).toEqual([["EMAIL_OTP"], "EMAIL_OTP"]);
  });

  it.skipIf(!target.tellsMessages)("asks for the code that was mailed, in the pool's words", async () => {
    const { email } = await withMails();
    const asked = await enter(email);
    expect(asked).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL", CODE_DELIVERY_DESTINATION: "u***@a***" },
    });
    const [mail] = await target.messagesTo(email);
    expect([mail?.subject, mail?.body]).toEqual([
      "The way in",
      expect.stringMatching(/^Your way in is \d{6}$/),
    ]);
    const code = await codeFor(target, email);
    await refused(show(asked.Session, email, wrong(code)), "CodeMismatchException");
    tokensOf(await show(asked.Session, email, code));
    await notAuthorized(show(asked.Session, email, code), /once/);
  });

  it("is one of those that a user chooses among", async () => {
    await configure({ EmailMfaConfiguration: mails, SoftwareTokenMfaConfiguration: { Enabled: true } });
    const { email, AccessToken } = await withMails();
    await sdk.setUserMFAPreference({ AccessToken, EmailMfaSettings: { Enabled: true, PreferredMfa: false } });
    expect((await enter(email)).ChallengeName).toBe("EMAIL_OTP");
    await configure();
  });

  it("is asked of everybody with an address, where the pool insists", async () => {
    const insisting = await newBench(target, {}, { EmailConfiguration });
    await sdk.setUserPoolMfaConfig({
      UserPoolId: insisting.pool,
      MfaConfiguration: "ON",
      EmailMfaConfiguration: {},
    });
    const { email } = await insisting.newUser();
    expect((await insisting.enter(email)).ChallengeName).toBe("EMAIL_OTP");
  });

  it.skipIf(!target.tellsMessages)("is not also the way around the password", async () => {
    const { email: Username, AccessToken } = await withMails();
    await invalidParameter(sdk.forgotPassword({ ClientId: client.id, Username }));
    await sdk.setUserMFAPreference({ AccessToken, EmailMfaSettings: { Enabled: false } });
    await sdk.forgotPassword({ ClientId: client.id, Username });
    expect(await codeFor(target, Username)).toMatch(/^\d{6}$/);
  });

  it("needs an address of the pool's own to send from, and more than the plan LITE", async () => {
    const other = await newPool();
    await invalidParameter(configure({ EmailMfaConfiguration: {} }, other), /DEVELOPER/);
    const lite = await newPool({ UserPoolTier: "LITE", EmailConfiguration });
    await refused(configure({ EmailMfaConfiguration: {} }, lite), "FeatureUnavailableInTierException");
    const { email: Username } = await newUser({ email: newEmail() });
    const plain = await newBench(target);
    const { email } = await plain.newUser();
    await invalidParameter(sdk.adminSetUserMFAPreference({ UserPoolId: plain.pool, Username: email, ...on }));
    expect(given(Username)).toBeDefined();
  });
});
