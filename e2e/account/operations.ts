import {
  AdminSetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { TestPasskey } from "@sekisho/local-cognito/testing";
import { mfaSettings } from "../../infra/local/pool-shape";
import type { Stack } from "../../infra/local/stack";
import { type Api, login } from "../support/api";
import { Authenticator, turnOnAuthenticator } from "../support/authenticator";
import { cookieOf, openSession } from "../support/browser-session";
import type { CallGround } from "../support/call-each";
import { newestCode } from "../support/mailbox";
import { apiOf } from "../support/person";
import { newMember, newTenant, newUser, withCognito } from "../support/users";

const CHOSEN = "Chosen-Passw0rd!";

type Asked = { challenge: string; session: string; secret_code: string };

/** Every operation on one's own account, when it succeeds and when it refuses. The ground lets operators act elsewhere. */
export async function callEach(ground: CallGround): Promise<void> {
  for (const part of [account, authenticator, passkeys, signIn, recovery, operator]) await part(ground);
}

async function account({ stack, check, open }: CallGround): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const tokens = check("login", await open.post("/api/user/login", user)).body as { access_token: string };
  const api = open.bearer(tokens.access_token);
  check("readMe", await api.get("/api/user/me"));
  check("changeMe", await api.patch("/api/user/me", { name: "Yuki Tanaka" }));
  check("readTenant", await api.get("/api/user/tenant"));
  check("readFactors", await api.get("/api/user/mfa-preference"));
  check(
    "preferFactor",
    await api.patch("/api/user/mfa-preference", { preferred: "SMS_MFA", password: user.password }),
  );
  await openSession(open.url, user.email, user.password);
  const [session] = check("listSessions", await api.get("/api/user/sessions")).body as { id: string }[];
  check("endSession", await api.delete(`/api/user/sessions/${session?.id}`));
  check("endSession", await api.delete(`/api/user/sessions/${session?.id}`));
  const endOthers = (json: object) => api.send("DELETE", "/api/user/sessions", { json });
  check("endOtherSessions", await endOthers({ password: "Wr0ng!password" }));
  check("endOtherSessions", await endOthers({}));
  check("endOtherSessions", await endOthers({ password: user.password }));
  const change = { old_password: user.password, new_password: CHOSEN };
  check("changePassword", await api.post("/api/user/change-password", change));
  check("changePassword", await api.post("/api/user/change-password", change));
  const cookie = { Cookie: await cookieOf(open.url, { ...user, password: CHOSEN }) };
  check("logout", await open.post("/api/user/logout", undefined, cookie));
  check("logout", await api.post("/api/user/logout"));
}

async function authenticator({ stack, check }: CallGround): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const { password } = user;
  const api = await apiOf(stack, user);
  check("beginAuthenticator", await api.post("/api/user/totp", { password: "Wr0ng!password" }));
  const begun = check("beginAuthenticator", await api.post("/api/user/totp", { password })).body as Asked;
  const app = new Authenticator(begun.secret_code);
  const verify = (code: string) => api.post("/api/user/totp/verify", { code, password });
  check("verifyAuthenticator", await verify(app.wrongCode()));
  check("verifyAuthenticator", await verify(app.code()));
  const preferred = { preferred: "SOFTWARE_TOKEN_MFA", password };
  check("preferFactor", await api.patch("/api/user/mfa-preference", preferred));
  check("readFactors", await api.get("/api/user/mfa-preference"));
  check("dropAuthenticator", await api.send("DELETE", "/api/user/totp", { json: { password } }));
}

async function passkeys({ stack, check, open }: CallGround): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const { email, password } = user;
  const api = await apiOf(stack, user);
  const device = new TestPasskey("localhost", open.url);
  check("beginPasskey", await api.post("/api/user/passkeys", { password: "Wr0ng!password" }));
  const options = check("beginPasskey", await api.post("/api/user/passkeys", { password })).body;
  const verify = (how = {}) =>
    api.post("/api/user/passkeys/verify", { credential: device.create(options, how), password });
  check("verifyPasskey", await verify({ origin: "https://evil.example" }));
  check("verifyPasskey", await verify());
  const [made] = check("listPasskeys", await api.get("/api/user/passkeys")).body as { id: string }[];
  const path = `/api/user/passkeys/${made?.id}`;
  check("renamePasskey", await api.patch(path, { name: "Work laptop" }));
  check("renamePasskey", await api.patch("/api/user/passkeys/none", { name: "Work laptop" }));
  const begin = async () => {
    const asked = check("askForPasskey", await open.post("/api/user/passkey-challenge", { email })).body;
    return asked as { session: string; parameters: { CREDENTIAL_REQUEST_OPTIONS: string } };
  };
  const { session, parameters } = await begin();
  const credential = JSON.parse(device.get(parameters.CREDENTIAL_REQUEST_OPTIONS));
  check("answerPasskey", await open.post("/api/user/passkey", { session, credential }));
  check("answerPasskey", await open.post("/api/user/passkey", { session, credential }));
  check("answerPasskey", await open.post("/api/user/passkey", { session: "x".repeat(40), credential }));
  check("removePasskey", await api.send("DELETE", path, { json: { password: "Wr0ng!password" } }));
  check("removePasskey", await api.send("DELETE", path, { json: { password } }));
  check("removePasskey", await api.send("DELETE", path, { json: { password } }));
}

async function signIn({ stack, check, open }: CallGround): Promise<void> {
  check("login", await open.post("/api/user/login", { email: "no@one.example", password: "x" }));
  const phone = "+818012345678";
  const user = await newUser(stack, { tenant: newTenant(), phone });
  const { email } = user;
  const asked = check("login", await open.post("/api/user/login", user)).body as Asked;
  const text = { email, session: asked.session, challenge: "SMS_MFA" };
  check("mfa", await open.post("/api/user/mfa", { ...text, code: "000000" }));
  const code = await newestCode(stack, phone);
  const answered = check("mfa", await open.post("/api/user/mfa", { ...text, code }));
  const { access_token, refresh_token } = answered.body as { access_token: string; refresh_token: string };
  check("refresh", await open.post("/api/user/refresh", { refresh_token }));
  check("refresh", await open.post("/api/user/refresh", { refresh_token: "none" }));

  await turnOnAuthenticator(open.bearer(access_token), user);
  await preferNone(stack, email);
  const { session } = (await open.post("/api/user/login", user)).body as Asked;
  const choice = { email, session, answer: "SOFTWARE_TOKEN_MFA" };
  check("selectMfa", await open.post("/api/user/select-mfa", choice));
  check("selectMfa", await open.post("/api/user/select-mfa", choice));

  const fresh = await newUser(stack, { tenant: newTenant(), temporary: true });
  await withMfa(stack, async () => {
    const { session } = (await open.post("/api/user/login", fresh)).body as Asked;
    const chosen = { email: fresh.email, session, new_password: CHOSEN };
    check("newPassword", await open.post("/api/user/new-password", { ...chosen, new_password: "weak" }));
    const next = check("newPassword", await open.post("/api/user/new-password", chosen)).body as Asked;
    check("newPassword", await open.post("/api/user/new-password", chosen));
    const setup = { email: fresh.email, session: next.session };
    const begun = check("beginMfaSetup", await open.post("/api/user/mfa-setup", setup)).body as Asked;
    const app = new Authenticator(begun.secret_code);
    const mfa = { email: fresh.email, session: begun.session, challenge: "MFA_SETUP", code: app.code() };
    check("mfa", await open.post("/api/user/mfa", mfa));
    check("mfa", await open.post("/api/user/mfa", mfa));
    check("beginMfaSetup", await open.post("/api/user/mfa-setup", { ...setup, session: "x".repeat(40) }));
  });
}

async function recovery({ stack, check, open }: CallGround): Promise<void> {
  const { email } = await newUser(stack, { tenant: newTenant() });
  check("forgotPassword", await open.post("/api/user/forgot-password", { email }));
  const reset = { email, code: await newestCode(stack, email), new_password: CHOSEN };
  check("resetPassword", await open.post("/api/user/reset-password", { ...reset, new_password: "weak" }));
  check("resetPassword", await open.post("/api/user/reset-password", reset));
}

async function operator({ stack, check, open }: CallGround): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant(), groups: ["operator"] });
  const cookie = await cookieOf(open.url, user);
  const browser = open.with({ Cookie: cookie, Origin: open.url });
  const tenant_id = newTenant();
  const resident = await newUser(stack, { tenant: tenant_id });
  await login(open.url, resident.email, resident.password);
  const act = (api: Api) => api.send("PUT", "/api/user/acting-tenant", { json: { tenant_id } });
  check("actInTenant", await act(browser));
  check("stopActing", await browser.delete("/api/user/acting-tenant"));
  check("actInTenant", await act(await newMember(stack)));
  check(
    "actInTenant",
    await act(open.bearer((await login(open.url, user.email, user.password)).access_token)),
  );
}

function preferNone(stack: Stack, email: string): Promise<unknown> {
  const on = { Enabled: true, PreferredMfa: false };
  return withCognito(stack, (client, UserPoolId) =>
    client.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId,
        Username: email,
        SMSMfaSettings: on,
        SoftwareTokenMfaSettings: on,
      }),
    ),
  );
}

/** Lets the pool want a second factor of everybody while `work` runs. */
async function withMfa(stack: Stack, work: () => Promise<void>): Promise<void> {
  const set = (MfaConfiguration: "ON" | "OPTIONAL") =>
    withCognito(stack, (client, UserPoolId) =>
      client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfaSettings, MfaConfiguration })),
    );
  await set("ON");
  await work();
  await set("OPTIONAL");
}
