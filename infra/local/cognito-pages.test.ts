import type { BrowserContext, Page } from "@playwright/test";
import {
  languageOf,
  messagesTo,
  startTestCognito,
  type TestCognito,
  texts,
} from "@sekisho/local-cognito/testing";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PasskeyDevice } from "@/e2e/support/passkey-device";
import { findChromium } from "./chromium";
import { type ClientPage, openClientPage } from "./testing/client-page";

if (findChromium() === null)
  process.stdout.write("skipped: the local Cognito's pages in a browser, because there is no Chromium\n");

const PASSWORD = "Correct-horse-1";

describe.skipIf(findChromium() === null)("the local Cognito's pages in Chromium", () => {
  let client: ClientPage;
  let cognito: TestCognito;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    client = await openClientPage();
    const seeded = {
      PoolName: "pages",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
      Mfa: { WebAuthnConfiguration: { RelyingPartyId: "localhost" } },
      Domains: [{ Domain: "pages" }],
      Clients: [
        {
          ClientId: "pages",
          ClientName: "Travel desk",
          ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
          SupportedIdentityProviders: ["COGNITO"],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid", "email"],
          CallbackURLs: [`${client.origin}/back`],
          LogoutURLs: [`${client.origin}/bye`],
        },
      ],
    };
    cognito = await startTestCognito({}, { seed: { UserPools: [seeded] } });
  });
  afterAll(async () => {
    await client?.close();
    await cognito?.stop();
  });
  beforeEach(async () => {
    context = await client.browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => await context.close());

  /** Under the name that passkeys are for. */
  const at = (path: string, more: Record<string, string> = {}) => {
    const url = new URL(path, cognito.url.replace("127.0.0.1", "localhost"));
    const asked = { client_id: "pages", redirect_uri: `${client.origin}/back`, response_type: "code" };
    url.search = String(new URLSearchParams({ ...asked, ...more }));
    return String(url);
  };
  const codeTo = async (email: string) => {
    const [newest] = await messagesTo(cognito, email);
    return /\d{6}/.exec(newest?.body ?? "")?.[0] ?? "";
  };
  const words = () => texts[languageOf(new URL(page.url()).searchParams)];
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const isBack = () => page.waitForURL(`${client.origin}/back?code=*`);
  /** What keeps somebody from using the page. */
  async function barriers(): Promise<string[]> {
    await page.evaluate(axe.source);
    return await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
    });
  }

  it.each(["en", "ja"] as const)("sign somebody up, and in by a passkey from then on (%s)", async (lang) => {
    const email = `grace-${lang}@acme.example`;
    const faults: string[] = [];
    const look = async (heading: string) => {
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      faults.push(...(await barriers()));
    };
    await page.goto(at("/login", { lang }));
    await page.getByRole("link", { name: words().noAccount }).click();
    await look(words().signUpTitle);
    await page.getByLabel(words().email).fill(email);
    await page.getByLabel(words().passwordIfWanted).fill(PASSWORD);
    await press(words().signUp);
    await look(words().confirmSignUpTitle);
    await page.getByLabel(words().code).fill(await codeTo(email));
    await press(words().confirmSignUp);
    await page.getByText(words().signedUp).waitFor();
    await page.getByLabel(words().password).fill(PASSWORD);
    await press(words().signIn);
    await isBack();

    const device = await PasskeyDevice.at(page);
    await page.goto(at("/passkeys/add", { lang }));
    await look(words().addPasskeyTitle);
    await press(words().addPasskey);
    await page.waitForURL(`${client.origin}/back`);
    expect(await device.passkeys()).toHaveLength(1);

    await page.goto(at("/logout", { logout_uri: `${client.origin}/bye` }));
    await page.goto(at("/login", { lang }));
    await page.getByRole("link", { name: words().otherWay }).click();
    await page.getByText(words().otherWayWhy).waitFor();
    await look(words().signInTitle);
    await page.getByLabel(words().email).fill(email);
    await press(words().next);
    await look(words().waysTitle);
    await page.getByLabel(words().factors.WEB_AUTHN).check();
    await press(words().next);
    await look(words().passkeyTitle);
    // Its owner turns away, then comes back.
    await device.recognise(false);
    await press(words().usePasskey);
    await page.getByText(words().passkeyFailed).waitFor();
    await device.recognise(true);
    await press(words().usePasskey);
    await isBack();
    expect(faults).toEqual([]);
  });

  it("have a new password set by whoever forgot theirs", async () => {
    const email = "henry@acme.example";
    const [pool] = (await cognito.sdk.listUserPools({ MaxResults: 1 })).UserPools ?? [];
    await cognito.sdk.adminCreateUser({
      UserPoolId: pool?.Id,
      Username: email,
      MessageAction: "SUPPRESS",
      UserAttributes: [{ Name: "email_verified", Value: "true" }],
    });
    await cognito.sdk.adminSetUserPassword({
      UserPoolId: pool?.Id,
      Username: email,
      Password: "Forgotten-horse-0",
      Permanent: true,
    });
    await page.goto(at("/login"));
    await page.getByRole("link", { name: words().forgot }).click();
    await page.getByLabel(words().email).fill(email);
    await press(words().sendCode);
    await page.getByRole("heading", { name: words().confirmTitle }).waitFor();
    await page.getByLabel(words().code).fill(await codeTo(email));
    await page.getByLabel(words().newPassword).fill(PASSWORD);
    await press(words().changePassword);
    await page.getByLabel(words().password).fill(PASSWORD);
    await press(words().signIn);
    await isBack();
  });
});
