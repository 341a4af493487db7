import type { BrowserContext, Page } from "@playwright/test";
import { startTestCognito, type TestCognito } from "@sekisho/local-cognito/testing";
import type * as library from "oidc-client-ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium } from "./chromium";
import { browserBundle } from "./testing/browser-bundle";
import { type ClientPage, openClientPage } from "./testing/client-page";

if (findChromium() === null)
  process.stdout.write("skipped: the local Cognito with oidc-client-ts, because there is no Chromium\n");

/** In the page. */
declare const oidc: typeof library;
declare const manager: library.UserManager;

const POOL = "ap-northeast-1_Oidc1";
const CLIENT = "oidc";
const EMAIL = "bob@acme.example";
const PASSWORD = "Correct-horse-1";

describe.skipIf(findChromium() === null)("oidc-client-ts in Chromium", () => {
  let client: ClientPage;
  let cognito: TestCognito;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    client = await openClientPage();
    const seeded = {
      Id: POOL,
      PoolName: "oidc",
      UsernameAttributes: ["email"],
      Domains: [{ Domain: "oidc" }],
      Clients: [
        {
          ClientId: CLIENT,
          ClientName: "Page",
          ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
          SupportedIdentityProviders: ["COGNITO"],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid", "email"],
          CallbackURLs: [`${client.origin}/back`],
          LogoutURLs: [`${client.origin}/bye`],
        },
      ],
      Users: [{ Username: EMAIL, Attributes: { email: EMAIL, email_verified: "true" }, Password: PASSWORD }],
    };
    cognito = await startTestCognito({}, { seed: { UserPools: [seeded] } });
    const settings = {
      authority: `${cognito.url}/${POOL}`,
      client_id: CLIENT,
      redirect_uri: `${client.origin}/back`,
      scope: "openid email",
      loadUserInfo: true,
      automaticSilentRenew: false,
    };
    const script = browserBundle({ oidc: "oidc-client-ts" });
    client.serve(`${script}\nglobalThis.manager = new oidc.UserManager(${JSON.stringify(settings)});`);
  });
  afterAll(async () => {
    await client?.close();
    await cognito?.stop();
  });
  beforeEach(async () => {
    context = await client.browser.newContext();
    page = await context.newPage();
    await page.goto(client.origin);
  });
  afterEach(async () => await context.close());

  /** Goes to the hosted page, signs in there, and is back with the tokens. */
  async function signIn(): Promise<void> {
    await page.evaluate(() => void manager.signinRedirect());
    await page.getByLabel("Email").fill(EMAIL);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${client.origin}/back?*`);
    await page.evaluate(() => manager.signinRedirectCallback());
  }
  const user = () =>
    page.evaluate(async () => {
      const kept = await manager.getUser();
      return kept && { token: kept.access_token, email: kept.profile.email, expired: kept.expired };
    });

  it("signs in by the hosted page with code and PKCE, and reads who it is", async () => {
    await signIn();
    expect(await user()).toMatchObject({ email: EMAIL, expired: false });
  });

  it("uses a sign-in once", async () => {
    await signIn();
    const again = page.evaluate(() => manager.signinRedirectCallback());
    await expect(again).rejects.toThrow("No matching state found in storage");
  });

  it("renews with its refresh token, until that is revoked", async () => {
    await signIn();
    const before = await user();
    await page.evaluate(() => manager.signinSilent());
    const after = await user();
    expect(after?.token).not.toBe(before?.token);
    const left = page.evaluate(async () => {
      const { refresh_token } = (await manager.getUser()) ?? {};
      await manager.revokeTokens(["refresh_token"]);
      const kept = await manager.getUser();
      await manager.storeUser(kept && new oidc.User({ ...kept, refresh_token: refresh_token ?? "" }));
      await manager.signinSilent();
    });
    await expect(left).rejects.toThrow("invalid_grant");
  });

  it("signs out of the hosted pages, with the parameters that they have", async () => {
    await signIn();
    await page.evaluate((extraQueryParams) => void manager.signoutRedirect({ extraQueryParams }), {
      client_id: CLIENT,
      logout_uri: `${client.origin}/bye`,
    });
    await page.waitForURL(`${client.origin}/bye`);
    expect(await user()).toBeNull();
    await page.evaluate(() => void manager.signinRedirect());
    await page.getByLabel("Password").waitFor();
  });
});
