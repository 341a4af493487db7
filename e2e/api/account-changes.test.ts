import type { Page } from "@playwright/test";
import { AuditEvent } from "../../lib/audit/contract";
import { Api, login, type Tokens } from "../support/api";
import { Authenticator, turnOnAuthenticator } from "../support/authenticator";
import { cookieOf, postToNextAuth } from "../support/browser-session";
import type { Cookies } from "../support/cookie-name";
import { newestCode } from "../support/mailbox";
import { noticesOn } from "../support/own-notices";
import { apiOf } from "../support/person";
import { expectProblem } from "../support/problem";
import { addPhone, newPhone } from "../support/second-factors";
import { expect, test } from "../support/test";
import { newTenant, newUser, type User } from "../support/users";
import type { Words } from "../support/words";

const CHOSEN = "Chosen-Passw0rd!";

/** Everything that somebody may be signed in by: two scripts and a browser. */
async function signedIn(url: string, user: User) {
  const scripts = [await login(url, user.email, user.password), await login(url, user.email, user.password)];
  const Cookie = await cookieOf(url, user);
  const api = new Api(url);
  const [own, other] = scripts.map(({ access_token }) => api.bearer(access_token));
  if (!own || !other) throw new Error("nobody signed in");
  return { own, other, browser: api.with({ Cookie, Origin: url }), scripts };
}

async function expectEnded(url: string, api: Api, tokens?: Tokens): Promise<void> {
  expect((await api.get("/api/user/me")).status).toBe(401);
  if (!tokens) return;
  const { refresh_token } = tokens;
  expectProblem(await new Api(url).post("/api/user/refresh", { refresh_token }), 401, "session_ended");
}

/** A browser's session; `code` answers the second step where one is asked for. */
async function signInAgain(url: string, user: User, code?: () => string | Promise<string>): Promise<Cookies> {
  const cookies: Cookies = new Map();
  await postToNextAuth(url, "callback/password", cookies, user);
  if (code) await postToNextAuth(url, "callback/challenge", cookies, { answer: await code() });
  return cookies;
}

/** What the account page tells its owner besides sign-ins, the newest first. */
async function changesOn(page: Page, url: string, cookies: Cookies, t: Words): Promise<string[]> {
  const told = await noticesOn(page, url, cookies, t);
  return told.map(({ notice }) => notice).filter((notice) => notice !== "new_login");
}

test("recovering a password ends every token and session of before, and tells the owner alone", async ({
  page,
  stack,
  baseURL,
  t,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant });
  const admin = await newUser(stack, { tenant, groups: ["admin"] });
  const { own, other, browser, scripts } = await signedIn(baseURL, user);
  const api = new Api(baseURL);
  await api.post("/api/user/forgot-password", { email: user.email });
  const reset = { email: user.email, code: await newestCode(stack, user.email), new_password: CHOSEN };
  const wrong = { ...reset, code: reset.code === "000000" ? "111111" : "000000" };
  expectProblem(await api.post("/api/user/reset-password", wrong), 400, "code_rejected");
  for (const each of [own, other, browser]) expect((await each.get("/api/user/me")).status).toBe(200);
  expect((await api.post("/api/user/reset-password", reset)).status).toBe(200);

  await expectEnded(baseURL, own, scripts[0]);
  await expectEnded(baseURL, other, scripts[1]);
  await expectEnded(baseURL, browser);
  const again = await signInAgain(baseURL, { ...user, password: CHOSEN });
  expect(await changesOn(page, baseURL, again, t)).toEqual(["password_recovered"]);
  expect(await changesOn(page, baseURL, await signInAgain(baseURL, admin), t)).toEqual([]);
  const audit = AuditEvent.array().parse((await (await apiOf(stack, admin)).get("/api/audit")).body);
  expect(audit.filter(({ action }) => action === "account.password_recovered")).toHaveLength(1);
});

/** Each change of what signing in takes, made by `api`. @returns how one signs in from then on. */
type Change = (api: Api, user: User) => Promise<() => Promise<Cookies>>;
const CHANGES: [string, string, Change][] = [
  [
    "of the password",
    "password_changed",
    async (api, user) => {
      await api.post("/api/user/change-password", { old_password: user.password, new_password: CHOSEN });
      return () => signInAgain(api.url, { ...user, password: CHOSEN });
    },
  ],
  [
    "that turns a factor on",
    "authenticator_added",
    async (api, user) => {
      const app = await turnOnAuthenticator(api, user);
      return () => signInAgain(api.url, user, () => app.code());
    },
  ],
];

for (const [what, notice, change] of CHANGES) {
  test(`a change ${what} ends all but the session that made it, in a browser and in a script, and tells the owner`, async ({
    page,
    stack,
    baseURL,
    t,
  }) => {
    for (const by of ["browser", "own"] as const) {
      const user = await newUser(stack, { tenant: newTenant() });
      const all = await signedIn(baseURL, user);
      const signIn = await change(all[by], user);
      expect((await all[by].get("/api/user/me")).status, by).toBe(200);
      await expectEnded(baseURL, all.other, all.scripts[1]);
      if (by === "own") {
        const { refresh_token } = all.scripts[0] ?? { refresh_token: "" };
        const renewed = await new Api(baseURL).post("/api/user/refresh", { refresh_token });
        const { access_token } = renewed.body as { access_token: string };
        expect((await all.own.bearer(access_token).get("/api/user/me")).status).toBe(200);
        await expectEnded(baseURL, all.browser);
      } else await expectEnded(baseURL, all.own, all.scripts[0]);
      expect(await changesOn(page, baseURL, await signIn(), t)).toEqual([notice]);
    }
  });
}

test("a factor that is turned off or over ends all but the session that did it", async ({
  page,
  stack,
  baseURL,
  t,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const own = await apiOf(stack, user);
  const { password } = user;
  await turnOnAuthenticator(own, user);
  const phone = newPhone();
  await addPhone(stack, user, phone);
  for (const change of [
    () => own.patch("/api/user/mfa-preference", { preferred: "SMS_MFA", password }),
    () => own.send("DELETE", "/api/user/totp", { json: { password } }),
  ]) {
    const asked = await new Api(baseURL).post("/api/user/login", user);
    expect(asked.status).toBe(200);
    expect((await change()).status).toBeLessThan(300);
    expect((await own.get("/api/user/me")).status).toBe(200);
  }
  const cookies = await signInAgain(baseURL, user, () => newestCode(stack, phone));
  expect(await changesOn(page, baseURL, cookies, t)).toEqual([
    "authenticator_removed",
    "factor_preferred",
    "authenticator_added",
  ]);
});

test("setting up, verifying, removing and preferring a factor take the password", async ({
  stack,
  baseURL,
}) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const Cookie = await cookieOf(baseURL, user);
  const api = new Api(baseURL).with({ Cookie, Origin: baseURL });
  const { password } = user;
  const begun = await api.post("/api/user/totp", { password });
  const app = new Authenticator((begun.body as { secret_code: string }).secret_code);
  const asked: [string, string, () => object][] = [
    ["POST", "/api/user/totp", () => ({})],
    ["POST", "/api/user/totp/verify", () => ({ code: app.code() })],
    ["PATCH", "/api/user/mfa-preference", () => ({ preferred: "SOFTWARE_TOKEN_MFA" })],
    ["DELETE", "/api/user/totp", () => ({})],
  ];
  for (const [method, path, body] of asked) {
    const send = (json: object) => api.send(method, path, { json });
    const none = expectProblem(await send(body()), 400, "invalid_request");
    expect(
      none.errors?.map(({ field, code }) => [field, code]),
      path,
    ).toEqual([["password", "required"]]);
    for (const not of [
      { password: "" },
      { password: null },
      { password: ["x"] },
      { old_password: password },
    ]) {
      expectProblem(await send({ ...body(), ...not }), 400, "invalid_request");
    }
    const wrong = expectProblem(
      await send({ ...body(), password: "Wr0ng!password" }),
      401,
      "invalid_credentials",
    );
    expect(wrong.errors).toEqual([
      { field: "password", code: "wrong_password", message: "This is not your password." },
    ]);
    expect((await api.get("/api/user/mfa-preference")).body).toMatchObject({ enabled: [] });
  }
});

test("the password is asked for as rarely as at a sign-in, whichever of them asks", async ({ stack }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const api = await apiOf(stack, user);
  const tries: number[] = [];
  for (let i = 0; i < 12; i++) {
    const password = `Wr0ng!password${i}`;
    const answer =
      i % 2 === 0
        ? await api.post("/api/user/totp", { password })
        : await api.send("DELETE", "/api/user/totp", { json: { password } });
    tries.push(answer.status);
  }
  expect(tries.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(tries.slice(10)).toEqual([429, 429]);
  expectProblem(await api.post("/api/user/totp", { password: user.password }), 429, "rate_limited");
});
