import { buildDecrypt } from "@aws-crypto/decrypt-node";
import { KmsKeyringNode } from "@aws-crypto/kms-keyring-node";
import { CommitmentPolicy } from "@aws-crypto/material-management-node";
import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newBench, openForFile } from "./bench";
import { codeFor, createPool, newEmail, OTHER_PASSWORD, PASSWORD } from "./pool";
import { invalidParameter } from "./refusal";
import type { TriggerEvent } from "./target";

const arnOf = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:${name}`;
const [mailer, texter, words] = [arnOf("mailer"), arnOf("texter"), arnOf("words")];
const KMSKeyID = "arn:aws:kms:ap-northeast-1:000000000000:key/8a23102c-9b68-4fed-82ce-523c5363539e";
const OTHER_KEY = KMSKeyID.replace("8a23102c", "00000000");

const events: TriggerEvent[] = [];
const worded: string[] = [];
/** How many events there must have been before somebody goes on, and who that is. */
let awaited: { count: number; resolve(): void } | undefined;
/** By default a custom sender answers nothing. */
let respond: () => unknown = () => undefined;

const receive = (event: TriggerEvent) => {
  events.push(event);
  if (events.length >= (awaited?.count ?? Number.POSITIVE_INFINITY)) awaited?.resolve();
  return respond();
};
const target = await openForFile({
  [mailer]: receive,
  [texter]: receive,
  [words]: (event: TriggerEvent) => {
    worded.push(event.triggerSource);
    return event;
  },
});
const { sdk } = target;

beforeEach(() => {
  events.length = 0;
  worded.length = 0;
  respond = () => undefined;
});
// As somebody sets it who runs a sender beside the local Cognito: the AWS SDK's KMS client heeds it.
vi.stubEnv("AWS_ENDPOINT_URL_KMS", target.endpoint);
vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
afterAll(() => void vi.unstubAllEnvs());

/** The events of custom senders, which nobody waits for, once there are so many. */
async function sent(count: number): Promise<TriggerEvent[]> {
  if (events.length < count) await new Promise<void>((resolve) => (awaited = { count, resolve }));
  return events;
}

const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
const keyring = new KmsKeyringNode({ keyIds: [KMSKeyID] });
const bytesOf = ({ request }: TriggerEvent) => Buffer.from(String(request.code), "base64");
/** As the developer guide's example has it. */
async function secretIn(event: TriggerEvent): Promise<string> {
  return (await decrypt(keyring, bytesOf(event))).plaintext.toString();
}
const lastSecret = async (count: number) => await secretIn((await sent(count))[count - 1] as TriggerEvent);

const senders = {
  CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: mailer },
  CustomSMSSender: { LambdaVersion: "V1_0", LambdaArn: texter },
  KMSKeyID,
} satisfies LambdaConfigType;
const EmailConfiguration = {
  EmailSendingAccount: "DEVELOPER" as const,
  SourceArn: "arn:aws:ses:ap-northeast-1:000000000000:identity/acme.example",
};
const sms = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };

describe.skipIf(!target.isOwn)("custom senders", () => {
  it("get what would have been mailed, encrypted as AWS does, and nothing is mailed", async () => {
    const { pool, client } = await newBench(target, {}, { LambdaConfig: senders });
    const Username = newEmail();
    const ClientMetadata = { from: "test" };
    await sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD, ClientMetadata });
    const [event] = await sent(1);
    expect(event).toMatchObject({
      version: "1",
      triggerSource: "CustomEmailSender_SignUp",
      region: target.region,
      userPoolId: pool,
      userName: expect.any(String),
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client.id },
      request: {
        type: "customEmailSenderRequestV1",
        clientMetadata: ClientMetadata,
        userAttributes: { email: Username, "cognito:user_status": "UNCONFIRMED" },
      },
    });
    expect(event).not.toHaveProperty("response");
    expect(await target.messagesTo(Username)).toEqual([]);
    const { plaintext, messageHeader } = await decrypt(keyring, bytesOf(event as TriggerEvent));
    // As in events of AWS that people have published.
    expect(messageHeader).toMatchObject({
      suiteId: 0x0378,
      frameLength: 4096,
      encryptionContext: { "userpool-id": pool, "aws-crypto-public-key": expect.any(String) },
      encryptedDataKeys: [{ providerId: "aws-kms", providerInfo: KMSKeyID }],
    });
    await sdk.confirmSignUp({ ClientId: client.id, Username, ConfirmationCode: plaintext.toString() });
  });

  it("are told nothing as metadata where there is none", async () => {
    const { client } = await newBench(target, {}, { LambdaConfig: senders });
    await sdk.signUp({ ClientId: client.id, Username: newEmail(), Password: PASSWORD });
    expect((await sent(1))[0]?.request).toMatchObject({ clientMetadata: null });
  });

  it("get every mail, each with its source and a secret that works", async () => {
    const more = {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email" as const] },
    };
    const { pool, client, tokensFor } = await newBench(target, {}, { LambdaConfig: senders, ...more });
    const Username = newEmail();
    const about = { ClientId: client.id, Username };
    await sdk.signUp({ ...about, Password: PASSWORD });
    await sent(1);
    await sdk.resendConfirmationCode(about);
    await sdk.confirmSignUp({ ...about, ConfirmationCode: await lastSecret(2) });
    await sdk.forgotPassword(about);
    const proof = { ConfirmationCode: await lastSecret(3), Password: OTHER_PASSWORD };
    await sdk.confirmForgotPassword({ ...about, ...proof });
    const { AccessToken } = await tokensFor(Username, OTHER_PASSWORD);
    const UserAttributes = [{ Name: "email", Value: newEmail() }];
    await sdk.updateUserAttributes({ AccessToken, UserAttributes });
    await sent(4);
    await sdk.getUserAttributeVerificationCode({ AccessToken, AttributeName: "email" });
    await sdk.verifyUserAttribute({ AccessToken, AttributeName: "email", Code: await lastSecret(5) });
    await sdk.adminCreateUser({ UserPoolId: pool, Username: newEmail() });
    expect((await sent(6)).map(({ triggerSource }) => triggerSource)).toEqual(
      [
        "SignUp",
        "ResendCode",
        "ForgotPassword",
        "UpdateUserAttribute",
        "VerifyUserAttribute",
        "AdminCreateUser",
      ].map((each) => `CustomEmailSender_${each}`),
    );
  });

  it("get an invitation's temporary password, which signs in", async () => {
    const { pool, client, enter } = await newBench(target, {}, { LambdaConfig: senders });
    const Username = newEmail();
    await sdk.adminCreateUser({ UserPoolId: pool, Username, TemporaryPassword: "Tempor-ä-ry1" });
    expect(await lastSecret(1)).toBe("Tempor-ä-ry1");
    expect(events[0]?.callerContext.clientId).not.toBe(client.id);
    expect((await enter(Username, "Tempor-ä-ry1")).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  it("get the codes of signing in, by mail and by text", async () => {
    const { pool, client, newUser, enter, answer } = await newBench(
      target,
      {},
      { LambdaConfig: senders, EmailConfiguration },
    );
    await sdk.setUserPoolMfaConfig({
      UserPoolId: pool,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration: sms },
      EmailMfaConfiguration: {},
    });
    const phone = "+819012345678";
    const { email: Username } = await newUser({ attributes: { phone_number: phone } });
    const of = { UserPoolId: pool, Username };
    await sdk.adminSetUserMFAPreference({ ...of, SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
    const { Session } = await enter(Username);
    const byText = { USERNAME: Username, SMS_MFA_CODE: await lastSecret(1) };
    expect((await answer(client.id, "SMS_MFA", Session, byText)).AuthenticationResult).toBeDefined();
    const off = { Enabled: false, PreferredMfa: false };
    const on = { Enabled: true, PreferredMfa: true };
    await sdk.adminSetUserMFAPreference({ ...of, SMSMfaSettings: off, EmailMfaSettings: on });
    const { Session: next } = await enter(Username);
    const byMail = { USERNAME: Username, EMAIL_OTP_CODE: await lastSecret(2) };
    expect((await answer(client.id, "EMAIL_OTP", next, byMail)).AuthenticationResult).toBeDefined();
    expect(events.map(({ triggerSource, request }) => [triggerSource, request.type])).toEqual([
      ["CustomSMSSender_Authentication", "customSMSSenderRequestV1"],
      ["CustomEmailSender_Authentication", "customEmailSenderRequestV1"],
    ]);
    expect(await target.messagesTo(phone)).toEqual([]);
  });

  it("for one medium leave the other to the pool", async () => {
    const { CustomEmailSender: _, ...LambdaConfig } = senders;
    const { client } = await newBench(target, {}, { LambdaConfig });
    const Username = newEmail();
    await sdk.signUp({ ClientId: client.id, Username, Password: PASSWORD });
    await codeFor(target, Username);
    expect(events).toEqual([]);
  });

  it("take the place of the custom message [unconfirmed]", async () => {
    const LambdaConfig = { ...senders, CustomMessage: words };
    const { client } = await newBench(target, {}, { LambdaConfig });
    await sdk.signUp({ ClientId: client.id, Username: newEmail(), Password: PASSWORD });
    await sent(1);
    expect(worded).toEqual([]);
  });

  it("that fail do not fail the operation, which nobody hears of but the log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { client } = await newBench(target, {}, { LambdaConfig: senders });
    respond = () => Promise.reject(new Error("no mail today"));
    const answer = await sdk.signUp({ ClientId: client.id, Username: newEmail(), Password: PASSWORD });
    expect(answer.CodeDeliveryDetails).toMatchObject({ DeliveryMedium: "EMAIL" });
    await vi.waitFor(
      () => expect(log.mock.calls.join()).toContain("CustomEmailSender failed with error no mail today."),
      { timeout: 60_000 },
    );
    log.mockRestore();
  });

  it("are described as they were said, and gone when an update leaves them out", async () => {
    const pool = await createPool(target, { LambdaConfig: senders });
    const described = async () => (await sdk.describeUserPool({ UserPoolId: pool })).UserPool?.LambdaConfig;
    expect(await described()).toEqual(senders);
    await sdk.updateUserPool({ UserPoolId: pool });
    expect(await described()).toEqual({});
  });

  it.each<[string, object]>([
    ["without a key [unconfirmed]", { CustomEmailSender: senders.CustomEmailSender }],
    ["for texts without a key [unconfirmed]", { CustomSMSSender: senders.CustomSMSSender }],
    ["with a key's id alone", { ...senders, KMSKeyID: "8a23102c-9b68-4fed-82ce-523c5363539e" }],
    ["of another version", { ...senders, CustomEmailSender: { LambdaVersion: "V2_0", LambdaArn: mailer } }],
    ["without a version", { ...senders, CustomEmailSender: { LambdaArn: mailer } }],
    ["without a function", { ...senders, CustomSMSSender: { LambdaVersion: "V1_0" } }],
  ])("%s are refused: InvalidParameterException", async (_, LambdaConfig) => {
    await invalidParameter(createPool(target, { LambdaConfig: LambdaConfig as LambdaConfigType }));
  });
});

describe.skipIf(!target.isOwn)("the code for a custom sender", () => {
  const call = (body: object, headers: Record<string, string> = {}) =>
    fetch(target.endpoint, {
      method: "POST",
      headers: {
        "x-amz-target": "TrentService.Decrypt",
        "content-type": "application/x-amz-json-1.1",
        authorization: "AWS4-HMAC-SHA256 Credential=local",
        ...headers,
      },
      body: JSON.stringify(body),
    });
  async function dataKey() {
    const { client } = await newBench(target, {}, { LambdaConfig: senders });
    await sdk.signUp({ ClientId: client.id, Username: newEmail(), Password: PASSWORD });
    const { messageHeader } = await decrypt(keyring, bytesOf((await sent(1))[0] as TriggerEvent));
    const [key] = messageHeader.encryptedDataKeys;
    return {
      CiphertextBlob: Buffer.from(key?.encryptedDataKey ?? []).toString("base64"),
      EncryptionContext: { ...messageHeader.encryptionContext },
    };
  }

  it("is not for a keyring with another key", async () => {
    const { client } = await newBench(target, {}, { LambdaConfig: senders });
    await sdk.signUp({ ClientId: client.id, Username: newEmail(), Password: PASSWORD });
    const [event] = await sent(1);
    const other = new KmsKeyringNode({ keyIds: [OTHER_KEY] });
    await expect(decrypt(other, bytesOf(event as TriggerEvent))).rejects.toThrow();
  });

  it("has a data key that is bound to its context and its key, and is whole", async () => {
    const { CiphertextBlob, EncryptionContext } = await dataKey();
    const asked = { CiphertextBlob, EncryptionContext };
    expect(await (await call({ ...asked, KeyId: KMSKeyID })).json()).toMatchObject({ KeyId: KMSKeyID });
    const torn = Buffer.from(CiphertextBlob, "base64");
    torn[torn.length - 1] = (torn.at(-1) ?? 0) ^ 1;
    for (const [body, name] of [
      [{ CiphertextBlob }, "InvalidCiphertextException"],
      [
        { ...asked, EncryptionContext: { ...EncryptionContext, "userpool-id": "x" } },
        "InvalidCiphertextException",
      ],
      [{ ...asked, CiphertextBlob: torn.toString("base64") }, "InvalidCiphertextException"],
      [{ ...asked, CiphertextBlob: "AA==" }, "InvalidCiphertextException"],
      [{ ...asked, CiphertextBlob: "" }, "InvalidCiphertextException"],
      [{ ...asked, KeyId: OTHER_KEY }, "IncorrectKeyException"],
    ] as const) {
      const response = await call(body);
      expect([response.status, ((await response.json()) as { __type: string }).__type]).toEqual([400, name]);
    }
  });

  it("is not for web pages, and not for the unsigned", async () => {
    const { CiphertextBlob, EncryptionContext } = await dataKey();
    const asked = { CiphertextBlob, EncryptionContext };
    expect((await call(asked, { origin: "https://evil.example" })).status).toBe(403);
    expect((await call(asked, { authorization: "" })).status).toBe(400);
  });
});
