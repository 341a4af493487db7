import {
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "@playwright/test";
import { mfaSettings } from "../../infra/local/pool-shape";
import { DEMO_PASSWORD } from "../../infra/local/provision";
import { type Ground, type Stack, startStack } from "../../infra/local/stack";
import { type Answer, Api, Tokens } from "../support/api";
import { Authenticator, turnOnAuthenticator } from "../support/authenticator";
import { type Cookies, postToNextAuth, refusalOf } from "../support/browser-session";
import { later } from "../support/cognito-controls";
import { newestCode } from "../support/mailbox";
import { apiOf, fillSignIn } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test as plainTest } from "../support/test";
import { newTenant, newUser, type User, withCognito } from "../support/users";

/** `strict`: a stack whose pool wants a second factor of everybody. */
const test = plainTest.extend<object, { strict: Stack }>({
  strict: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter.
    async ({}, use) => {
      const stack = await startStack();
      await withCognito(stack, (client, UserPoolId) =>
        client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfaSettings, MfaConfiguration: "ON" })),
      );
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

let phones = 0;
const newPhone = () => `+8190${String(20_000_000 + phones++)}`;

test.describe("in the browser", () => {
  test("erin types the code of her authenticator app, and comes back to where she was going", async ({
    page,
  }) => {
    const app = new Authenticator("JBSWY3DPEHPK3PXP");
    app.code(); // Shown when the app was set up.
    await page.goto("/alerts?status=open");
    await fillSignIn(page, { email: "erin@acme.example", password: DEMO_PASSWORD });
    await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
    await expect(page.getByText("erin@acme.example")).toBeVisible();
    await answer(page, app.wrongCode());
    await expect(page.getByLabel("Code")).toHaveAccessibleDescription(
      "This code is not right, or was already used.",
    );
    await expect(page.getByLabel("Code")).toBeFocused();
    const code = app.code();
    await answer(page, `${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(page).toHaveURL("/alerts?status=open");
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("sekisho.challenge");
  });

  test("a code of an authenticator app never works twice", async ({ page, stack, browser, baseURL }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await page.goto("/signin");
    await fillSignIn(page, user);
    const code = app.code();
    await answer(page, code);
    await expect(page).toHaveURL(/\/items$/);
    const onlooker = await (await browser.newContext({ baseURL })).newPage();
    await onlooker.goto("/signin");
    await fillSignIn(onlooker, user);
    await answer(onlooker, code);
    await expect(onlooker.getByText("This code is not right, or was already used.")).toBeVisible();
    await answer(onlooker, app.code());
    await expect(onlooker).toHaveURL(/\/items$/);
  });

  test("sam types the code that was texted to him", async ({ page, stack }) => {
    await page.goto("/items");
    await fillSignIn(page, { email: "sam@acme.example", password: DEMO_PASSWORD });
    await expect(page.getByText(/We sent a text message with a code to \+\*+5678\./)).toBeVisible();
    const code = await newestCode(stack, "+819012345678");
    await answer(page, code === "000000" ? "111111" : "000000");
    await expect(page.getByText("This code is not right, or was already used.")).toBeVisible();
    await answer(page, code);
    await expect(page).toHaveURL("/items");
    await expect(page.getByText("sam@acme.example · member")).toBeVisible();
  });

  test("a temporary password is replaced first, then the second factor is asked for", async ({
    page,
    stack,
  }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await withCognito(stack, (client, UserPoolId) =>
      client.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username: user.email, Password: user.password }),
      ),
    );
    await page.goto("/alerts");
    await fillSignIn(page, user);
    await page.getByLabel("New password").fill("weak");
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/long enough|symbol|number/);
    await page.getByLabel("New password").fill(`New-${user.password}`);
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
    await answer(page, app.code());
    await expect(page).toHaveURL("/alerts");
  });

  test("where everybody needs a second factor, one is set up while signing in, and asked for the next time", async ({
    browser,
    strict,
  }) => {
    const baseURL = strict.application.url;
    const user = await newUser(strict, { tenant: newTenant(), temporary: true });
    const page = await (await browser.newContext({ baseURL })).newPage();
    await page.goto("/alerts");
    await fillSignIn(page, user);
    const renewed = { ...user, password: `New-${user.password}` };
    await page.getByLabel("New password").fill(renewed.password);
    await page.getByRole("button", { name: "Save and sign in" }).click();
    await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
    const app = new Authenticator(((await page.locator("code").textContent()) ?? "").replace(/\s/g, ""));
    await answer(page, app.wrongCode());
    await expect(page.getByText("This code is not right, or was already used.")).toBeVisible();
    await answer(page, app.code());
    await expect(page).toHaveURL("/alerts");

    const again = await (await browser.newContext({ baseURL })).newPage();
    await again.goto("/signin");
    await fillSignIn(again, renewed);
    await expect(again.getByRole("heading", { name: "Enter your code" })).toBeVisible();
    await answer(again, app.code());
    await expect(again).toHaveURL(/\/items$/);
  });

  test("whoever has two factors chooses one", async ({ page, stack }) => {
    const { user } = await userWithTwoFactors(stack);
    await page.goto("/signin?callbackUrl=/alerts");
    await fillSignIn(page, user);
    await expect(page.getByRole("heading", { name: "How do you want to confirm?" })).toBeVisible();
    await page.getByRole("button", { name: "Text message" }).click();
    await expect(page.getByText("We sent a text message")).toBeVisible();
    await answer(page, await newestCode(stack, user.phone));
    await expect(page).toHaveURL("/alerts");
  });

  test("a step that took too long leads back to the sign-in, and from there to where one was going", async ({
    page,
    stack,
  }) => {
    const { user, app } = await userWithAuthenticator(stack);
    await page.goto("/alerts");
    await fillSignIn(page, user);
    await expect(page.getByLabel("Code")).toBeVisible();
    await later(stack, 4 * 60, async () => {
      await answer(page, app.code());
      await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Falerts&error=challenge_expired/);
    });
    await expect(page.getByText("That took too long. Please sign in again.")).toBeVisible();
    await fillSignIn(page, user);
    await answer(page, app.code());
    await expect(page).toHaveURL("/alerts");
  });
});

test.describe("by JSON", () => {
  test("an authenticator app is told whose codes it shows, by e-mail", async ({ stack }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const begun = await (await apiOf(stack, user)).post("/api/user/totp");
    const { otpauth_uri } = begun.body as { otpauth_uri: string };
    expect(decodeURIComponent(new URL(otpauth_uri).pathname)).toContain(`Sekisho:${user.email}`);
  });

  test("an authenticator's code is asked for, wrong, right, and never good again", async ({ stack }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const api = new Api(stack.application.url);
    const asked = await askedFor(api, user, "SOFTWARE_TOKEN_MFA");
    const mfa = { email: user.email, session: asked, challenge: "SOFTWARE_TOKEN_MFA" };
    const wrong = await api.post("/api/user/mfa", { ...mfa, code: app.wrongCode() });
    expect(expectProblem(wrong, 400, "code_rejected").errors?.[0]?.field).toBe("code");
    const code = app.code();
    await expectTokens(api, await api.post("/api/user/mfa", { ...mfa, code }));
    expectProblem(await api.post("/api/user/mfa", { ...mfa, code }), 401, "challenge_expired");
    const next = { ...mfa, session: await askedFor(api, user, "SOFTWARE_TOKEN_MFA") };
    expectProblem(await api.post("/api/user/mfa", { ...next, code }), 400, "code_rejected");
  });

  test("a texted code is asked for, and where it went is told without telling the number", async ({
    stack,
  }) => {
    const phone = newPhone();
    const user = await newUser(stack, { tenant: newTenant(), phone });
    const api = new Api(stack.application.url);
    const asked = await api.post("/api/user/login", user);
    const { session } = asked.body as { session: string };
    expect(asked.text).not.toContain(phone.slice(1, -4));
    expect(asked.body).toMatchObject({
      challenge: "SMS_MFA",
      parameters: { CODE_DELIVERY_DESTINATION: expect.stringContaining(phone.slice(-4)) },
    });
    const mfa = { email: user.email, session, challenge: "SMS_MFA" };
    await expectTokens(
      api,
      await api.post("/api/user/mfa", { ...mfa, code: await newestCode(stack, phone) }),
    );
  });

  test("a factor is chosen of two, then answered", async ({ stack }) => {
    const { user, app } = await userWithTwoFactors(stack);
    const api = new Api(stack.application.url);
    const session = await askedFor(api, user, "SELECT_MFA_TYPE");
    const choice = { email: user.email, session, answer: "SOFTWARE_TOKEN_MFA" };
    const chosen = await api.post("/api/user/select-mfa", choice);
    expect(chosen.body).toMatchObject({ challenge: "SOFTWARE_TOKEN_MFA" });
    const { session: next } = chosen.body as { session: string };
    const mfa = { email: user.email, session: next, challenge: "SOFTWARE_TOKEN_MFA", code: app.code() };
    await expectTokens(api, await api.post("/api/user/mfa", mfa));
    expectProblem(await api.post("/api/user/select-mfa", choice), 401, "challenge_expired");
  });

  test("a factor is set up from nothing, after a new password", async ({ strict }) => {
    const user = await newUser(strict, { tenant: newTenant(), temporary: true });
    const { email } = user;
    const api = new Api(strict.application.url);
    const session = await askedFor(api, user, "NEW_PASSWORD_REQUIRED");
    const chosen = { email, session, new_password: `New-${user.password}` };
    const asked = await api.post("/api/user/new-password", chosen);
    expect(asked.body).toMatchObject({ challenge: "MFA_SETUP" });
    const begun = await api.post("/api/user/mfa-setup", {
      email,
      session: (asked.body as { session: string }).session,
    });
    const setup = begun.body as { secret_code: string; otpauth_uri: string; session: string };
    expect(new URL(setup.otpauth_uri).searchParams.get("secret")).toBe(setup.secret_code);
    const app = new Authenticator(setup.secret_code);
    const mfa = { email, session: setup.session, challenge: "MFA_SETUP" };
    const wrong = await api.post("/api/user/mfa", { ...mfa, code: app.wrongCode() });
    expectProblem(wrong, 400, "code_rejected");
    await expectTokens(api, await api.post("/api/user/mfa", { ...mfa, code: app.code() }));
  });

  test("a step answered late, for somebody else or with a made-up session is refused alike", async ({
    stack,
  }) => {
    const [{ user, app }, { user: other }] = await Promise.all([
      userWithAuthenticator(stack),
      userWithAuthenticator(stack),
    ]);
    const api = new Api(stack.application.url);
    const session = await askedFor(api, user, "SOFTWARE_TOKEN_MFA");
    const mfa = { email: user.email, session, challenge: "SOFTWARE_TOKEN_MFA", code: app.code() };
    const refused = async (body: object) =>
      expectProblem(await api.post("/api/user/mfa", body), 401, "challenge_expired");
    await refused({ ...mfa, email: other.email });
    await refused({ ...mfa, session: "x".repeat(60) });
    await refused({ ...mfa, challenge: "SMS_MFA" });
    await later(stack, 4 * 60, () => refused(mfa));
    expectProblem(await api.post("/api/user/mfa", { ...mfa, code: "abc" }), 400, "invalid_request");
    await expectTokens(api, await api.post("/api/user/mfa", { ...mfa, code: app.code() }));
  });
});

test.describe("the cookie of a step that waits", () => {
  test("is of no use in another browser, nor once it was answered", async ({ stack, baseURL }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const cookies: Cookies = new Map();
    expect(await step(baseURL, "password", cookies, user)).toBe("challenge");
    const stolen = cookies.get("sekisho.challenge") ?? "";
    expect(stolen.length).toBeGreaterThan(100);
    const elsewhere: Cookies = new Map([["sekisho.challenge", stolen]]);
    const code = app.code();
    expect(await step(baseURL, "challenge", elsewhere, { answer: code })).toBe("challenge_expired");
    expect(elsewhere.has("sekisho.session")).toBe(false);

    expect(await step(baseURL, "challenge", cookies, { answer: code })).toBeNull();
    expect(cookies.has("sekisho.session")).toBe(true);
    expect(cookies.has("sekisho.challenge")).toBe(false);
    const replayed: Cookies = new Map([...cookies, ["sekisho.challenge", stolen]]);
    expect(await step(baseURL, "challenge", replayed, { answer: app.code() })).toBe("challenge_expired");
  });

  test("is no session, and no session is a step", async ({ stack, baseURL }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const cookies: Cookies = new Map();
    await step(baseURL, "password", cookies, user);
    expect(cookies.has("sekisho.session")).toBe(false);
    const asSession = { Cookie: `sekisho.session=${cookies.get("sekisho.challenge")}` };
    expectProblem(await new Api(baseURL).get("/api/items", asSession), 401, "session_ended");
    await step(baseURL, "challenge", cookies, { answer: app.code() });
    const asStep: Cookies = new Map([["sekisho.challenge", cookies.get("sekisho.session") ?? ""]]);
    expect(await step(baseURL, "challenge", asStep, { answer: app.code() })).toBe("challenge_expired");
  });
});

async function answer(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** One step through NextAuth without a browser; null when it led to a session, else the error code. */
async function step(url: string, name: string, cookies: Cookies, form: Record<string, string>) {
  return refusalOf(await postToNextAuth(url, `callback/${name}`, cookies, form));
}

/** Signs in and gives the session of the step that is asked for. */
async function askedFor(api: Api, { email, password }: User, challenge: string): Promise<string> {
  const answered = await api.post("/api/user/login", { email, password });
  expect(answered.body).toMatchObject({ challenge, session: expect.any(String) });
  return (answered.body as { session: string }).session;
}

async function expectTokens(api: Api, answered: Answer): Promise<void> {
  expect(answered.status, answered.text).toBe(200);
  const { access_token } = Tokens.parse(answered.body);
  expect((await api.bearer(access_token).get("/api/items")).status).toBe(200);
}

async function userWithAuthenticator(stack: Stack): Promise<{ user: User; app: Authenticator }> {
  const user = await newUser(stack, { tenant: newTenant() });
  return { user, app: await turnOnAuthenticator(await apiOf(stack, user)) };
}

/** A user who has an authenticator app and a phone, and prefers neither. */
async function userWithTwoFactors(stack: Stack) {
  const { user, app } = await userWithAuthenticator(stack);
  const phone = newPhone();
  await addPhone(stack, user, phone);
  return { user: { ...user, phone }, app };
}

async function addPhone(stack: Ground, { email }: User, phone: string): Promise<void> {
  await withCognito(stack, async (client, UserPoolId) => {
    const UserAttributes = [
      { Name: "phone_number", Value: phone },
      { Name: "phone_number_verified", Value: "true" },
    ];
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes }));
    const setting = { Enabled: true, PreferredMfa: false };
    const settings = { SMSMfaSettings: setting, SoftwareTokenMfaSettings: setting };
    await client.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: email, ...settings }));
  });
}
