import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { type RunningCognito, startCognito } from "@sekisho/local-cognito";
import { localClient, messagesTo, stepAt, totpCode } from "@sekisho/local-cognito/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PasskeyDevice } from "@/e2e/support/passkey-device";
import { findChromium } from "./chromium";
import type * as page from "./testing/amplify-page";
import { browserBundle } from "./testing/browser-bundle";
import { type ClientPage, openClientPage } from "./testing/client-page";
import { startTlsProxy, type TlsProxy } from "./testing/tls-proxy";

if (findChromium() === null)
  process.stdout.write("skipped: the local Cognito with AWS Amplify, because there is no Chromium\n");

/** In the page. */
declare const amplify: typeof page;

const POOL = "ap-northeast-1_Amplify1";
const CLIENT = "amplify";
const PASSWORD = "Correct-horse-1";
const OTHER = "Battery-staple-2";
const TOTP = "JBSWY3DPEHPK3PXP";

function seed(origin: string) {
  const user = (name: string, more: object = { Password: PASSWORD }) => {
    const email = `${name}@acme.example`;
    return { Username: email, Attributes: { email, email_verified: "true" }, ...more };
  };
  const pool = {
    Id: POOL,
    PoolName: "amplify",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    Mfa: {
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: "localhost" },
    },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    Domains: [{ Domain: "amplify" }],
    Clients: [
      {
        ClientId: CLIENT,
        ClientName: "Amplify",
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        SupportedIdentityProviders: ["COGNITO"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
        CallbackURLs: [`${origin}/`],
        LogoutURLs: [`${origin}/`],
      },
    ],
    Users: [
      user("bob"),
      user("heidi"),
      user("dave", { TemporaryPassword: PASSWORD }),
      user("erin", {
        Password: PASSWORD,
        SoftwareTokenSecret: TOTP,
        UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      }),
    ],
  };
  return { UserPools: [pool] };
}

/** The client lets people in by a provider, too. */
async function addProvider({ url }: RunningCognito): Promise<void> {
  const sdk = localClient(url);
  const inPool = { UserPoolId: POOL };
  await sdk.createIdentityProvider({
    ...inPool,
    ProviderName: "Acme",
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "cognito",
      client_secret: "any",
      attributes_request_method: "GET",
      authorize_scopes: "openid email",
      oidc_issuer: `${url}/_idp/acme`,
    },
    AttributeMapping: { email: "email" },
  });
  const { UserPoolClient } = await sdk.describeUserPoolClient({ ...inPool, ClientId: CLIENT });
  await sdk.updateUserPoolClient({
    ...inPool,
    ...UserPoolClient,
    ClientId: CLIENT,
    SupportedIdentityProviders: ["COGNITO", "Acme"],
  });
  sdk.destroy();
}

describe.skipIf(findChromium() === null)("AWS Amplify in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "cognito-amplify-"));
  let client: ClientPage;
  /** Amplify goes to the hosted pages by https alone. */
  let proxy: TlsProxy;
  let cognito: RunningCognito;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    client = await openClientPage();
    proxy = await startTlsProxy();
    cognito = await startCognito({
      dataDir: folder,
      publicUrl: proxy.url,
      trustProxy: true,
      mockIdp: { acme: [{ sub: "1", email: "frank@acme.example" }] },
      seed: seed(client.origin),
    });
    proxy.to(cognito.port);
    await addProvider(cognito);
    const config = {
      Auth: {
        Cognito: {
          userPoolId: POOL,
          userPoolClientId: CLIENT,
          userPoolEndpoint: proxy.url,
          loginWith: {
            oauth: {
              domain: new URL(proxy.url).host,
              scopes: ["openid", "email", "aws.cognito.signin.user.admin"],
              redirectSignIn: [`${client.origin}/`],
              redirectSignOut: [`${client.origin}/`],
              responseType: "code",
            },
          },
        },
      },
    };
    const bundle = browserBundle({ amplify: "./infra/local/testing/amplify-page.ts" });
    client.serve(`${bundle}\namplify.configure(${JSON.stringify(config)});`);
  });
  afterAll(async () => {
    await client?.close();
    await cognito?.close();
    proxy?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await client.browser.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
    await page.goto(client.origin);
  });
  afterEach(async () => await context.close());

  /** The code in the newest message to somebody. */
  async function sentTo(email: string): Promise<string> {
    const [newest] = await messagesTo(cognito, email);
    return /\d{6}/.exec(newest?.body ?? "")?.[0] ?? "";
  }
  const signIn = (username: string, password = PASSWORD) =>
    page.evaluate(async (with_) => (await amplify.signIn(with_)).nextStep.signInStep, { username, password });
  const confirm = (challengeResponse: string) =>
    page.evaluate(async (answer) => (await amplify.confirmSignIn(answer)).nextStep.signInStep, {
      challengeResponse,
    });
  const signOut = (global = false) => page.evaluate((how) => amplify.signOut(how), { global });
  const me = () => page.evaluate(async () => (await amplify.fetchUserAttributes()).email);
  /** The name of what a call in the page was refused with. */
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => "done",
      (error: Error) => /\w+Exception/.exec(error.message)?.[0] ?? error.message,
    );

  it("signs in by its default flow, refuses a wrong password, and reads who it is", async () => {
    expect(await refusal(signIn("bob@acme.example", OTHER))).toContain("NotAuthorizedException");
    expect(await signIn("bob@acme.example")).toBe("DONE");
    expect(await me()).toBe("bob@acme.example");
    const claims = await page.evaluate(async () => {
      const { tokens } = await amplify.fetchAuthSession();
      return { access: tokens?.accessToken.payload, id: tokens?.idToken?.payload };
    });
    expect(claims.access).toMatchObject({ client_id: CLIENT, token_use: "access" });
    expect(claims.id).toMatchObject({ aud: CLIENT, email: "bob@acme.example" });
  });

  it("signs up, confirms, and is in without asking for the password again", async () => {
    const username = "grace@acme.example";
    const options = { userAttributes: { email: username }, autoSignIn: true };
    const begun = await page.evaluate((input) => amplify.signUp(input), {
      username,
      password: PASSWORD,
      options,
    });
    expect(begun.nextStep.signUpStep).toBe("CONFIRM_SIGN_UP");
    const wrong = page.evaluate((input) => amplify.confirmSignUp(input), {
      username,
      confirmationCode: "12345",
    });
    expect(await refusal(wrong)).toContain("CodeMismatchException");
    const confirmationCode = await sentTo(username);
    const confirmed = await page.evaluate((input) => amplify.confirmSignUp(input), {
      username,
      confirmationCode,
    });
    expect(confirmed.nextStep.signUpStep).toBe("COMPLETE_AUTO_SIGN_IN");
    expect(await page.evaluate(async () => (await amplify.autoSignIn()).isSignedIn)).toBe(true);
    expect(await me()).toBe(username);
  });

  it("replaces a temporary password", async () => {
    expect(await signIn("dave@acme.example")).toBe("CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
    expect(await confirm(OTHER)).toBe("DONE");
    await signOut();
    expect(await signIn("dave@acme.example", OTHER)).toBe("DONE");
  });

  it("resets a forgotten password", async () => {
    const username = "dave@acme.example";
    const { nextStep } = await page.evaluate((input) => amplify.resetPassword(input), { username });
    expect(nextStep.resetPasswordStep).toBe("CONFIRM_RESET_PASSWORD_WITH_CODE");
    const answer = { username, newPassword: "Another-horse-3", confirmationCode: await sentTo(username) };
    await page.evaluate((input) => amplify.confirmResetPassword(input), answer);
    expect(await signIn(username, "Another-horse-3")).toBe("DONE");
  });

  it("asks for the code of an authenticator app, and sets one up", async () => {
    expect(await signIn("erin@acme.example")).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    expect(await confirm(totpCode(TOTP, stepAt(Date.now())))).toBe("DONE");
    await signOut();

    await signIn("bob@acme.example");
    const secret = await page.evaluate(async () => (await amplify.setUpTOTP()).sharedSecret);
    const now = stepAt(Date.now());
    await page.evaluate((code) => amplify.verifyTOTPSetup({ code }), totpCode(secret, now));
    await page.evaluate(() => amplify.updateMFAPreference({ totp: "PREFERRED" }));
    expect(await page.evaluate(() => amplify.fetchMFAPreference())).toEqual({
      enabled: ["TOTP"],
      preferred: "TOTP",
    });
    await signOut();
    expect(await signIn("bob@acme.example")).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    // The first code was used: the next one is accepted a step early.
    expect(await confirm(totpCode(secret, now + 1))).toBe("DONE");
    await page.evaluate(() => amplify.updateMFAPreference({ totp: "DISABLED" }));
  });

  it("registers a passkey, signs in with it alone, and deletes it", async () => {
    const device = await PasskeyDevice.at(page);
    await signIn("bob@acme.example");
    await page.evaluate(() => amplify.associateWebAuthnCredential());
    const [passkey] = await device.passkeys();
    expect(passkey).toMatchObject({ rpId: "localhost", isResidentCredential: true });
    await signOut();
    const signedIn = await page.evaluate(() =>
      amplify.signIn({
        username: "bob@acme.example",
        options: { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" },
      }),
    );
    expect(signedIn.isSignedIn).toBe(true);
    expect(await me()).toBe("bob@acme.example");
    const left = await page.evaluate(async () => {
      const { credentials } = await amplify.listWebAuthnCredentials();
      for (const { credentialId } of credentials)
        await amplify.deleteWebAuthnCredential({ credentialId: credentialId ?? "" });
      return [credentials.length, (await amplify.listWebAuthnCredentials()).credentials.length];
    });
    expect(left).toEqual([1, 0]);
  });

  it("confirms its device, remembers it and forgets it", async () => {
    await signIn("heidi@acme.example");
    const devices = () => page.evaluate(async () => (await amplify.fetchDevices()).map((each) => each.id));
    const [known] = await devices();
    expect(known).toMatch(/^ap-northeast-1_[\w-]+$/);
    await page.evaluate(() => amplify.rememberDevice());
    await signOut();
    // Proven along with the password.
    expect(await signIn("heidi@acme.example")).toBe("DONE");
    expect(await devices()).toEqual([known]);
    await page.evaluate(() => amplify.forgetDevice());
    expect(await devices()).toEqual([]);
  });

  it("is sent to an identity provider and comes back signed in, and out by the hosted pages", async () => {
    await page.evaluate(() => void amplify.signInWithRedirect({ provider: { custom: "Acme" } }));
    await page.getByRole("button", { name: "frank@acme.example" }).click();
    await page.waitForURL(`${client.origin}/**`);
    const username = await page.waitForFunction(() =>
      amplify.getCurrentUser().then(
        ({ username: name }) => name,
        () => "",
      ),
    );
    expect(await username.jsonValue()).toBe("Acme_1");
    expect(await me()).toBe("frank@acme.example");
    const left = page.waitForRequest((request) => request.url().startsWith(`${proxy.url}/logout`));
    const back = page.waitForEvent("load");
    await page.evaluate(() => void amplify.signOut());
    await left;
    await back;
    expect(page.url()).toBe(`${client.origin}/`);
    expect(await refusal(page.evaluate(() => amplify.getCurrentUser()))).toContain("UserUnAuthenticated");
  });

  it("refreshes its tokens, and none is good any more after a global sign-out", async () => {
    await signIn("bob@acme.example");
    const token = () =>
      page.evaluate(async () => String((await amplify.fetchAuthSession()).tokens?.accessToken));
    const before = await token();
    await page.evaluate(() => amplify.fetchAuthSession({ forceRefresh: true }));
    const after = await token();
    expect(after).not.toBe(before);

    const elsewhere = await client.browser.newContext({ ignoreHTTPSErrors: true });
    const other = await elsewhere.newPage();
    await other.goto(client.origin);
    await other.evaluate((input) => amplify.signIn(input), {
      username: "bob@acme.example",
      password: PASSWORD,
    });
    await signOut(true);
    expect(await refusal(other.evaluate(() => amplify.fetchUserAttributes()))).toContain(
      "NotAuthorizedException",
    );
    await elsewhere.close();
  });
});
