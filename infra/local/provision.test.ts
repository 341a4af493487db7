import type { AdminInitiateAuthCommandOutput } from "@aws-sdk/client-cognito-identity-provider";
import {
  messagesTo,
  secretHash,
  startTestCognito,
  stepAt,
  type TestCognito,
  totpCode,
} from "@sekisho/local-cognito/testing";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { demoSoftwareTokenSecret } from "./demo-users";
import { webClient } from "./pool-shape";
import { DEMO_PASSWORD, DEMO_USERS, type PoolEnvironment, provision } from "./provision";
import { triggers } from "./triggers";

let cognito: TestCognito;
beforeEach(async () => {
  cognito = await startTestCognito(triggers, { softwareTokenSecret: demoSoftwareTokenSecret, mockIdp: true });
});
afterEach(() => cognito.stop());

async function signIn(environment: PoolEnvironment, user: { email: string; totpSecret?: string }) {
  const { COGNITO_APP_CLIENT_ID: ClientId, COGNITO_APP_CLIENT_SECRET: secret } = environment;
  const UserPoolId = environment.COGNITO_USER_POOL_ID;
  const USERNAME = user.email;
  const secretive = secret && { SECRET_HASH: secretHash(secret, USERNAME, ClientId) };
  let answer: AdminInitiateAuthCommandOutput = await cognito.sdk.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: DEMO_PASSWORD, ...secretive },
  });
  const asked = answer.ChallengeName;
  const code =
    asked === "SMS_MFA"
      ? { SMS_MFA_CODE: await textedCode() }
      : // The next one: half a minute may begin between the start of the clock and the provisioning.
        { SOFTWARE_TOKEN_MFA_CODE: totpCode(user.totpSecret ?? "", stepAt(cognito.clock.ms) + 1) };
  if (asked === "SMS_MFA" || asked === "SOFTWARE_TOKEN_MFA") {
    answer = await cognito.sdk.adminRespondToAuthChallenge({
      UserPoolId,
      ClientId,
      ChallengeName: asked,
      Session: answer.Session,
      ChallengeResponses: { USERNAME, ...secretive, ...code },
    });
  }
  return { asked, access: decodeAccess(answer.AuthenticationResult?.AccessToken) };
}
async function textedCode(): Promise<string> {
  const [text] = await messagesTo(cognito, "+819012345678");
  return /\d{6}/.exec(text?.body ?? "")?.[0] ?? "";
}
const decodeAccess = (token: string | undefined) => (token ? decodeJwt(token) : {});

describe("the provisioned pool", () => {
  it("lets every demo user in, with tenant and groups on the access token; some are asked for more", async () => {
    const environment = await provision(cognito.url);
    expect(environment).toMatchObject({
      AWS_REGION: "ap-northeast-1",
      COGNITO_ENDPOINT: cognito.url,
      COGNITO_ISSUER: `${cognito.url}/${environment.COGNITO_USER_POOL_ID}`,
    });
    for (const user of DEMO_USERS) {
      const { asked, access } = await signIn(environment, user);
      if (user.mustChoosePassword) {
        expect(asked).toBe("NEW_PASSWORD_REQUIRED");
        continue;
      }
      expect(asked).toBe(user.totpSecret ? "SOFTWARE_TOKEN_MFA" : user.textedCode ? "SMS_MFA" : undefined);
      expect(access["custom:tenant_id"]).toBe(user.tenant);
      expect(access["cognito:groups"] ?? []).toEqual(user.groups);
    }
  });

  it("is the same one at the next start, and nobody is made twice", async () => {
    const first = await provision(cognito.url);
    expect(await provision(cognito.url)).toEqual(first);
    const erin = { email: "erin@acme.example", totpSecret: "JBSWY3DPEHPK3PXP" };
    expect((await signIn(first, erin)).asked).toBe("SOFTWARE_TOKEN_MFA");
    const { Users } = await cognito.sdk.listUsers({ UserPoolId: first.COGNITO_USER_POOL_ID });
    expect(Users).toHaveLength(DEMO_USERS.length);
  });

  it("is made as well where half a minute ends while a code is on its way", async () => {
    const end = (stepAt(Date.now()) + 1) * 30_000;
    vi.useFakeTimers({ toFake: ["Date"], now: end - 1 });
    onTestFinished(() => void vi.useRealTimers());
    cognito.clock.ms = end;
    const erin = { email: "erin@acme.example", totpSecret: "JBSWY3DPEHPK3PXP" };
    expect((await signIn(await provision(cognito.url), erin)).asked).toBe("SOFTWARE_TOKEN_MFA");
  });

  it("leaves the web client the providers that tenants sign in by", async () => {
    const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_WEB_CLIENT_ID: ClientId } = await provision(
      cognito.url,
    );
    const ProviderDetails = { MetadataURL: `${cognito.url}/_idp/acme/metadata` };
    const provider = { UserPoolId, ProviderName: "sso-acme", ProviderType: "SAML" as const, ProviderDetails };
    await cognito.sdk.createIdentityProvider(provider);
    const SupportedIdentityProviders = ["COGNITO", "sso-acme"];
    await cognito.sdk.updateUserPoolClient({
      ...webClient(UserPoolId, {}),
      // As a pool of before has it.
      ClientName: "web",
      ClientId,
      SupportedIdentityProviders,
    });
    expect((await provision(cognito.url)).COGNITO_WEB_CLIENT_ID).toBe(ClientId);
    const { UserPoolClient } = await cognito.sdk.describeUserPoolClient({ UserPoolId, ClientId });
    expect(UserPoolClient).toMatchObject({ ClientName: "Sekisho", SupportedIdentityProviders });
  });

  it("follows its options: no trigger, another lifetime, a secret", async () => {
    const plain = await provision(cognito.url);
    const options = { preTokenGeneration: false, accessTokenMinutes: 5, clientSecret: true };
    const changed = await provision(cognito.url, options);
    expect(changed.COGNITO_USER_POOL_ID).toBe(plain.COGNITO_USER_POOL_ID);
    expect(changed.COGNITO_APP_CLIENT_SECRET).toMatch(/^[0-9a-z]{52}$/);
    const { access } = await signIn(changed, { email: "bob@acme.example" });
    expect(access).not.toHaveProperty("custom:tenant_id");
    expect(Number(access.exp) - Number(access.iat)).toBe(300);
  });

  it("gives nobody an address by their own token before a code was entered that went to it", async () => {
    const environment = await provision(cognito.url);
    const { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_APP_CLIENT_ID: ClientId } = environment;
    const USERNAME = "bob@acme.example";
    const { AuthenticationResult } = await cognito.sdk.adminInitiateAuth({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: DEMO_PASSWORD },
    });
    const AccessToken = AuthenticationResult?.AccessToken;
    const UserAttributes = [{ Name: "email", Value: "chief@acme.example" }];
    await cognito.sdk.updateUserAttributes({ AccessToken, UserAttributes });
    const attributes = async () => (await cognito.sdk.getUser({ AccessToken })).UserAttributes ?? [];
    expect(await attributes()).toContainEqual({ Name: "email", Value: USERNAME });
    expect(await attributes()).toContainEqual({ Name: "email_verified", Value: "true" });
    const [mail] = await messagesTo(cognito, "chief@acme.example");
    const Code = /\d{6}/.exec(mail?.body ?? "")?.[0] ?? "";
    await cognito.sdk.verifyUserAttribute({ AccessToken, AttributeName: "email", Code });
    expect(await attributes()).toContainEqual({ Name: "email", Value: "chief@acme.example" });
  });

  it("has no client through which the tenant could be written, or where codes of the second step are sent", async () => {
    const environment = await provision(cognito.url);
    for (const ClientId of [environment.COGNITO_APP_CLIENT_ID, environment.COGNITO_WEB_CLIENT_ID]) {
      const UserPoolId = environment.COGNITO_USER_POOL_ID;
      const { UserPoolClient } = await cognito.sdk.describeUserPoolClient({ UserPoolId, ClientId });
      expect(UserPoolClient?.WriteAttributes).not.toContain("custom:tenant_id");
      expect(UserPoolClient?.WriteAttributes).not.toContain("phone_number");
      expect(UserPoolClient?.WriteAttributes?.length).toBeGreaterThan(0);
      expect(UserPoolClient?.PreventUserExistenceErrors).toBe("ENABLED");
    }
  });
});
