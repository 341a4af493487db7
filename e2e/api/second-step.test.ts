import { type Answer, Api, Tokens } from "../support/api";
import { Authenticator } from "../support/authenticator";
import { postToNextAuth, refusalOf } from "../support/browser-session";
import { later } from "../support/cognito-controls";
import { type Cookies, cookieNameAt } from "../support/cookie-name";
import { newestCode } from "../support/mailbox";
import { apiOf } from "../support/person";
import { expectProblem } from "../support/problem";
import { newPhone, userWithAuthenticator, userWithTwoFactors } from "../support/second-factors";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User } from "../support/users";

test.describe("by JSON", () => {
  test("an authenticator app is told whose codes it shows, by e-mail", async ({ stack }) => {
    const user = await newUser(stack, { tenant: newTenant() });
    const begun = await (await apiOf(stack, user)).post("/api/user/totp", { password: user.password });
    const { otpauth_uri } = begun.body as { otpauth_uri: string };
    expect(decodeURIComponent(new URL(otpauth_uri).pathname)).toContain(`Sekisho:${user.email}`);
  });

  test("an authenticator's code is asked for, wrong, right, and never good again", async ({ stack }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const api = new Api(stack.application.url);
    const asked = await askedFor(api, user, "SOFTWARE_TOKEN_MFA");
    const mfa = { email: user.email, session: asked, challenge: "SOFTWARE_TOKEN_MFA" };
    const wrong = await api.post("/api/user/mfa", { ...mfa, code: app.wrongCode() });
    expect(expectProblem(wrong, 400, "code_rejected").errors).toMatchObject([
      { field: "code", code: "wrong_code" },
    ]);
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
    // One factor alone is possible: it need not be named.
    const mfa = { email: user.email, session };
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

  test("a code without the name of its challenge tells nobody what factors somebody has", async ({
    stack,
  }) => {
    const { user } = await userWithTwoFactors(stack);
    const one = await userWithAuthenticator(stack);
    const none = await newUser(stack, { tenant: newTenant() });
    const api = new Api(stack.application.url);
    const made_up = { session: "x".repeat(40), code: "123456" };
    for (const email of [user.email, one.user.email, none.email, "nobody-knows@acme.example"]) {
      expectProblem(await api.post("/api/user/mfa", { email, ...made_up }), 401, "challenge_expired");
    }
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
    await expectTokens(api, await api.post("/api/user/mfa", { ...mfa, code: app.untakenCode() }));
  });
});

test.describe("the cookie of a step that waits", () => {
  test("is of no use in another browser, nor once it was answered", async ({ stack, baseURL }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const cookies: Cookies = new Map();
    expect(await step(baseURL, "password", cookies, user)).toBe("challenge");
    const stolen = cookies.get(cookieNameAt(baseURL, "challenge")) ?? "";
    expect(stolen.length).toBeGreaterThan(100);
    const elsewhere: Cookies = new Map([[cookieNameAt(baseURL, "challenge"), stolen]]);
    const code = app.code();
    expect(await step(baseURL, "challenge", elsewhere, { answer: code })).toBe("challenge_expired");
    expect(elsewhere.has(cookieNameAt(baseURL, "session"))).toBe(false);

    expect(await step(baseURL, "challenge", cookies, { answer: code })).toBeNull();
    expect(cookies.has(cookieNameAt(baseURL, "session"))).toBe(true);
    expect(cookies.has(cookieNameAt(baseURL, "challenge"))).toBe(false);
    const replayed: Cookies = new Map([...cookies, [cookieNameAt(baseURL, "challenge"), stolen]]);
    expect(await step(baseURL, "challenge", replayed, { answer: app.code() })).toBe("challenge_expired");
  });

  test("is no session, and no session is a step", async ({ stack, baseURL }) => {
    const { user, app } = await userWithAuthenticator(stack);
    const cookies: Cookies = new Map();
    await step(baseURL, "password", cookies, user);
    expect(cookies.has(cookieNameAt(baseURL, "session"))).toBe(false);
    const asSession = {
      Cookie: `${cookieNameAt(baseURL, "session")}=${cookies.get(cookieNameAt(baseURL, "challenge"))}`,
    };
    expectProblem(await new Api(baseURL).get("/api/user/me", asSession), 401, "session_ended");
    await step(baseURL, "challenge", cookies, { answer: app.code() });
    const asStep: Cookies = new Map([
      [cookieNameAt(baseURL, "challenge"), cookies.get(cookieNameAt(baseURL, "session")) ?? ""],
    ]);
    expect(await step(baseURL, "challenge", asStep, { answer: app.code() })).toBe("challenge_expired");
  });
});

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
  expect((await api.bearer(access_token).get("/api/user/me")).status).toBe(200);
}
