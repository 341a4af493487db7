import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import {
  AdminSetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { mfaSettings } from "../../infra/local/pool-shape";
import type { Stack } from "../../infra/local/stack";
import { type Answer, Api, login } from "../support/api";
import { ApiContract, addressOf, UNKNOWN_ID } from "../support/api-contract";
import { Authenticator, turnOnAuthenticator } from "../support/authenticator";
import { cookieOf, openSession } from "../support/browser-session";
import { newestCode } from "../support/mailbox";
import { apiOf } from "../support/person";
import { expect, test } from "../support/test";
import { newMember, newTenant, newUser, withCognito } from "../support/users";

const CHOSEN = "Chosen-Passw0rd!";

// An operator may then work in another tenant.
test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

type Asked = { challenge: string; session: string; secret_code: string };
type Check = (id: string, answer: Answer) => Answer;
type Ground = { stack: Stack; check: Check; open: Api };

test("every operation of the document answers as it says: when it succeeds, and when it refuses", async ({
  stack,
  baseURL,
}) => {
  const contract = await ApiContract.of(baseURL);
  const ids = contract.operations.map(({ operationId }) => operationId);
  const ground = { stack, check: contract.check.bind(contract), open: new Api(baseURL) };

  for (const succeed of [
    items,
    alerts,
    members,
    account,
    authenticator,
    signIn,
    recovery,
    operator,
    service,
    ownHost,
  ]) {
    await succeed(ground);
  }
  const succeeded = new Set(
    [...contract.seen].filter((each) => / [23]/.test(each)).map((each) => each.split(" ")[0]),
  );
  expect(ids.filter((id) => !succeeded.has(id))).toEqual([]);

  const refusals = contract.seen.size;
  const caller = await newMember(stack, { groups: ["admin"] });
  for (const operation of contract.operations) {
    const { operationId: id, method, security, requestBody } = operation;
    const path = addressOf(operation);
    const refused = (answer: Answer, status: number) =>
      expect(contract.check(id, answer).status, id).toBe(status);
    if (security.length > 0)
      refused(await ground.open.send(method, path, { headers: { Authorization: "" } }), 401);
    const raw = requestBody ? "{}" : undefined;
    refused(await caller.send(method, `${path}?unknown=1`, { ...(raw && { raw }) }), 400);
    if (!requestBody) continue;
    refused(await caller.send(method, path, { raw: "{" }), 400);
    refused(await caller.send(method, path, { raw: '{"unknown":1}' }), 400);
    refused(await caller.send(method, path, { raw: "{}", headers: { "Content-Type": "text/plain" } }), 415);
    refused(await caller.send(method, path, { raw: `{}${" ".repeat(64 * 1024)}` }), 413);
  }
  console.log(
    `${ids.length} operations called, ${contract.seen.size} pairs of operation and status seen, ${contract.seen.size - refusals} of them in refusals`,
  );
});

test("a page of another origin is told nothing unless the deployment lists it", async ({
  stack,
  baseURL,
}) => {
  const api = await newMember(stack);
  for (const Origin of [baseURL, "https://app.example.com", "null"]) {
    const preflight = { headers: { Origin, "Access-Control-Request-Method": "POST" } };
    for (const answer of [
      await api.get("/api/items", { Origin }),
      await api.send("OPTIONS", "/api/items", preflight),
    ]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  }
});

test("an answer that is not as documented is noticed", async ({ stack, baseURL }) => {
  const contract = await ApiContract.of(baseURL);
  const answer = await (await newMember(stack)).post("/api/items", { name: "Lantern" });
  contract.check("createItem", answer);
  const body = answer.body as Record<string, unknown>;
  const headers = new Headers(answer.headers);
  headers.delete("etag");
  for (const wrong of [
    { ...answer, status: 200 },
    { ...answer, headers },
    { ...answer, body: { ...body, name_key: "lantern" } },
    { ...answer, body: { ...body, id: "1" } },
    { ...answer, body: null },
  ]) {
    expect(() => contract.check("createItem", wrong)).toThrow();
  }
  const refusal = await new Api(baseURL).get("/api/items");
  contract.check("listItems", refusal);
  const other = { ...(refusal.body as object), code: "rate_limited" };
  expect(() => contract.check("listItems", { ...refusal, body: other })).toThrow();
});

async function items({ stack, check, open }: Ground): Promise<void> {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant });
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const created = check("createItem", await api.post("/api/items", { name: "Lantern" }, headers));
  check("createItem", await api.post("/api/items", { name: "Lantern" }, headers));
  check("createItem", await api.post("/api/items", { name: "Other" }, headers));
  check("createItem", await api.post("/api/items", { name: "Other" }, { "If-None-Match": "*" }));
  const path = created.headers.get("location") ?? "";
  check("readOriginalMe", await api.get("/api/items/me"));
  check("readOriginalTenant", await api.get("/api/items/tenant"));
  await api.post("/api/items", { name: "Second" });
  expect(check("listItems", await api.get("/api/items?limit=1")).headers.get("link")).not.toBeNull();
  check("readItem", await api.get(path));
  check("readItem", await api.get(path, { "If-None-Match": '"1"' }));
  check("readItem", await api.get(`/api/items/${UNKNOWN_ID}`));
  check("readItem", await api.get(path, { "X-Tenant-Id": newTenant() }));
  check("readItem", await api.get(path, { "X-Tenant-Id": "No" }));
  check("changeItem", await api.patch(path, { name: "Gate" }, { "If-Match": '"1"' }));
  check("changeItem", await api.patch(path, { name: "Late" }, { "If-Match": '"1"' }));
  const viewer = await newMember(stack, { tenant, groups: ["viewer"] });
  check("createItem", await viewer.post("/api/items", { name: "x" }));
  check("deleteItem", await (await newMember(stack, { tenant })).delete(path));
  check("deleteItem", await api.delete(path, { "If-Match": '"1"' }));
  check("deleteItem", await api.delete(path));
  check("restoreItem", await (await newMember(stack, { tenant })).post(`${path}/restore`));
  check("restoreItem", await api.post(`${path}/restore`, undefined, { "If-Match": '"1"' }));
  check("restoreItem", await api.post(`${path}/restore`));
  check("restoreItem", await api.post(`${path}/restore`));
  check("exportItems", await api.get("/api/items/export?starts_with=sec"));
  check("exportItems", await open.get("/api/items/export"));
  check("listItems", await open.get("/api/items"));
}

async function alerts({ stack, check }: Ground): Promise<void> {
  const api = await newMember(stack);
  const path =
    check("createAlert", await api.post("/api/alerts", { title: "Smoke" })).headers.get("location") ?? "";
  check("listAlerts", await api.get("/api/alerts?limit=1"));
  check("readAlert", await api.get(path));
  check("changeAlert", await api.patch(path, { status: "resolved" }));
  check("changeAlert", await api.patch(path, { status: "open" }));
  const ids = [path.split("/").at(-1), UNKNOWN_ID];
  check("changeAlerts", await api.post("/api/alerts/status", { ids, status: "acknowledged" }));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Asia/Tokyo"));
  check("summariseAlerts", await api.get("/api/alerts/summary?zone=Middle/Earth"));
  check("watchAlerts", await api.get("/api/alerts/stream"));
  check("watchAlerts", await api.get("/api/alerts/stream", { "Last-Event-ID": "made up" }));
}

async function members({ stack, check }: Ground): Promise<void> {
  const tenant = newTenant();
  const api = await newMember(stack, { tenant, groups: ["admin"] });
  const idOf = async (each: Api) => ((await each.get("/api/user/me")).body as { sub: string }).sub;
  check("readDirectory", await api.post("/api/members/sync"));
  check("readDirectory", await api.post("/api/members/sync"));
  const input = { email: `${crypto.randomUUID()}@people.example`, role: "viewer" };
  const invited = check("inviteMember", await api.post("/api/members", input));
  check("inviteMember", await api.post("/api/members", input));
  const path = invited.headers.get("location") ?? "";
  expect(check("listMembers", await api.get("/api/members?limit=1")).headers.get("link")).not.toBeNull();
  check("readMember", await api.get(path));
  check("readMember", await api.get(`/api/members/${UNKNOWN_ID}`));
  check("resendInvitation", await api.post(`${path}/resend`));
  check("resetMemberPassword", await api.post(`${path}/reset-password`));
  const colleague = `/api/members/${await idOf(await newMember(stack, { tenant }))}`;
  check("resendInvitation", await api.post(`${colleague}/resend`));
  check("changeMember", await api.patch(colleague, { role: "viewer" }));
  check("changeMember", await api.patch(`/api/members/${await idOf(api)}`, { role: "viewer" }));
  check("resetMemberFactors", await api.post(`${colleague}/reset-mfa`));
  check("resetMemberPassword", await api.post(`${colleague}/reset-password`));
  check("removeMember", await api.delete(colleague));
  check("removeMember", await api.delete(colleague));
  check("listAudit", await api.get("/api/audit?limit=1"));
}

async function account({ stack, check, open }: Ground): Promise<void> {
  const user = await newUser(stack, { tenant: newTenant() });
  const tokens = check("login", await open.post("/api/user/login", user)).body as { access_token: string };
  const api = open.bearer(tokens.access_token);
  check("readMe", await api.get("/api/user/me"));
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
  const change = { old_password: user.password, new_password: CHOSEN };
  check("changePassword", await api.post("/api/user/change-password", change));
  check("changePassword", await api.post("/api/user/change-password", change));
  const cookie = { Cookie: await cookieOf(open.url, { ...user, password: CHOSEN }) };
  check("logout", await open.post("/api/user/logout", undefined, cookie));
  check("logout", await api.post("/api/user/logout"));
}

async function authenticator({ stack, check }: Ground): Promise<void> {
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

async function signIn({ stack, check, open }: Ground): Promise<void> {
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

async function recovery({ stack, check, open }: Ground): Promise<void> {
  const { email } = await newUser(stack, { tenant: newTenant() });
  check("forgotPassword", await open.post("/api/user/forgot-password", { email }));
  const reset = { email, code: await newestCode(stack, email), new_password: CHOSEN };
  check("resetPassword", await open.post("/api/user/reset-password", { ...reset, new_password: "weak" }));
  check("resetPassword", await open.post("/api/user/reset-password", reset));
}

async function operator({ stack, check, open }: Ground): Promise<void> {
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

async function service({ check, open }: Ground): Promise<void> {
  check("health", await open.get("/api/health"));
  check("readDocument", await open.get("/api/openapi.json"));
  check("readDocs", await open.get("/api/docs"));
  check("readDocsAsset", await open.get("/api/docs/page.js"));
  check("readDocsAsset", await open.get("/api/docs/page.html"));
  check("enter", await open.get("/api/enter"));
}

/** Only a tenant's own host sends a browser on. */
async function ownHost({ stack, check }: Ground): Promise<void> {
  const DATA_DIR = join(stack.dataDir, "own-host");
  const environment = { DATA_DIR, TENANT_MODE: "subdomain", TENANT_MAIN_DOMAIN: "localhost" };
  const port = Number(new URL((await stack.startApplication(environment)).url).port);
  check("enter", await getFrom(`acme.localhost:${port}`, port, "/api/enter?to=/alerts"));
  check("enter", await getFrom(`acme.localhost:${port}`, port, "/api/enter?code=made-up"));
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

/** As `Api` does, under a host name that the machine need not know. */
async function getFrom(host: string, port: number, path: string): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port, path, headers: { Host: host } }).end();
  const [message] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const headers = new Headers(message.headers as Record<string, string>);
  const isJson = /json/.test(headers.get("content-type") ?? "");
  return { status: message.statusCode ?? 0, headers, text, body: isJson ? JSON.parse(text) : null };
}
