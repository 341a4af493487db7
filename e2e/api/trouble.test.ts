import { Api, login } from "../support/api";
import { cookieHeader, openSession, postToNextAuth, refusalOf } from "../support/browser-session";
import { withFault } from "../support/cognito-controls";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newTenant, newUser } from "../support/users";

test("scripts hear 503 and when to try again, and no try of theirs is counted", async ({
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = new Api(baseURL);
  const { refresh_token, access_token } = await login(baseURL, user.email, user.password);
  await withFault(stack, { kind: "throttled" }, async () => {
    // Each waits for the SDK's tries; as many at once as an account has.
    for (let round = 0; round < 3; round++) {
      const logins = Array.from({ length: 5 }, () => api.post("/api/user/login", user));
      for (const answer of await Promise.all(logins)) expectProblem(answer, 503, "cognito_unavailable");
    }
    const asked = [
      ["refresh", { refresh_token }],
      ["forgot-password", { email: user.email }],
      ["reset-password", { email: user.email, code: "000000", new_password: "Str0ng!enough" }],
      ["mfa", { email: user.email, code: "000000", session: "x".repeat(30), challenge: "SMS_MFA" }],
    ] as const;
    const answers = await Promise.all(asked.map(([path, body]) => api.post(`/api/user/${path}`, body)));
    for (const answer of answers) expectProblem(answer, 503, "cognito_unavailable");
    expect((await api.bearer(access_token).get("/api/user/me")).status).toBe(200);
  });
  await login(baseURL, user.email, user.password);
});

test("signing out works while Cognito is away", async ({ page, stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const cookies = await openSession(baseURL, user.email, user.password);
  const kept = new Map(cookies);
  await withFault(stack, { kind: "reset" }, async () => {
    expect((await postToNextAuth(baseURL, "signout", kept, {})).status).toBe(200);
  });
  expectProblem(
    await new Api(baseURL).get("/api/user/me", { Cookie: cookieHeader(cookies) }),
    401,
    "session_ended",
  );
  await page.goto("/signin");
});

test("a step that could not be checked can be answered once more", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant(), temporary: true });
  const cookies = new Map();
  await postToNextAuth(baseURL, "callback/password", cookies, user);
  const answer = () =>
    postToNextAuth(baseURL, "callback/challenge", cookies, { answer: `New-${user.password}` }).then(
      refusalOf,
    );
  const refused = await withFault(stack, { kind: "throttled" }, answer);
  expect(refused).toMatch(/^cognito_unavailable:\d+$/);
  expect(await answer()).toBeNull();
});

test("what went wrong is logged, and no password, code or token with it", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const { refresh_token } = await login(baseURL, user.email, user.password);
  const session = `session-${crypto.randomUUID()}`;
  const api = new Api(baseURL);
  const before = stack.application.output().length;
  for (const kind of ["throttled", "error", "reset", "half"] as const) {
    await withFault(stack, { kind }, async () => {
      await api.post("/api/user/login", user);
      await postToNextAuth(baseURL, "callback/password", new Map(), user);
      await api.post("/api/user/refresh", { refresh_token });
      await api.post("/api/user/new-password", { email: user.email, session, new_password: user.password });
      const mfa = { email: user.email, code: "918273", session, challenge: "SOFTWARE_TOKEN_MFA" };
      await api.post("/api/user/mfa", mfa);
    });
  }
  const log = stack.application.output().slice(before);
  expect(log).toContain("cognito.call_failed");
  for (const secret of [user.password, refresh_token, session, "918273"]) expect(log).not.toContain(secret);
  expect(log).not.toMatch(/eyJ/);
});
