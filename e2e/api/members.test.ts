import { randomUUID } from "node:crypto";
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Stack } from "../../infra/local/stack";
import { Member } from "../../lib/members/contract";
import { Api, login } from "../support/api";
import { cookieHeader, openSession } from "../support/browser-session";
import { messagesTo, newestCode, newestTemporaryPassword } from "../support/mailbox";
import { apiOf } from "../support/person";
import { expectProblem, withoutRequestId } from "../support/problem";
import { expect, test } from "../support/test";
import { newInvitation, newMember, newTenant, newUser, type User, withCognito } from "../support/users";

const PHONE = "+819011112222";
const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";
/** Every operation on one member, with a body that it would take. */
const ON_A_MEMBER: [method: string, path: string, body?: object][] = [
  ["GET", ""],
  ["PATCH", "", { role: "viewer" }],
  ["PATCH", "", { status: "disabled" }],
  ["DELETE", ""],
  ["POST", "/resend"],
  ["POST", "/reset-password"],
  ["POST", "/reset-mfa"],
];

/** An administrator's API, and the id of another user by their address. */
async function newAdmin(stack: Stack, tenant = newTenant()) {
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  const api = await apiOf(stack, user);
  const idOf = async ({ email }: User) => {
    const { body } = await api.get(`/api/members?${new URLSearchParams({ q: email })}`);
    return Member.array().length(1).parse(body)[0]?.id ?? "";
  };
  return { api, user, tenant, idOf };
}

async function browserOf({ application }: Stack, { email, password }: User): Promise<Api> {
  const cookies = await openSession(application.url, email, password);
  return new Api(application.url).with({ Cookie: cookieHeader(cookies), Origin: application.url });
}

function atCognito(stack: Stack, { email }: User) {
  return withCognito(stack, async (client, UserPoolId) => {
    const user = { UserPoolId, Username: email };
    const { $metadata: _, ...found } = await client.send(new AdminGetUserCommand(user));
    const { Groups } = await client.send(new AdminListGroupsForUserCommand(user));
    return { ...found, groups: Groups?.map(({ GroupName }) => GroupName) };
  });
}

test("only an administrator reads and manages members", async ({ stack }) => {
  const tenant = newTenant();
  const colleague = await newAdmin(stack, tenant);
  const id = await colleague.idOf(colleague.user);
  for (const groups of [[], ["member"], ["viewer"], ["operator"]]) {
    const api = await newMember(stack, { tenant, groups });
    expectProblem(await api.get("/api/members"), 403, "forbidden");
    expectProblem(await api.post("/api/members", { email: "x@y.example" }), 403, "forbidden");
    expectProblem(await api.post("/api/members/sync"), 403, "forbidden");
    expectProblem(await api.get("/api/audit"), 403, "forbidden");
    for (const [method, path, json] of ON_A_MEMBER) {
      const answer = await api.send(method, `/api/members/${id}${path}`, { json });
      expectProblem(answer, 403, "forbidden");
    }
  }
  expect((await colleague.api.get(`/api/members/${id}`)).body).toMatchObject({ role: "admin" });
});

test("somebody who is invited gets a mail, chooses a password, and is active from then on", async ({
  stack,
  baseURL,
}) => {
  const { api, tenant } = await newAdmin(stack);
  const email = `${randomUUID().slice(0, 8)}@people.example`;
  const invited = await api.post("/api/members", { email: ` ${email.toUpperCase()}`, role: "viewer" });
  expect(invited.status).toBe(201);
  const member = Member.parse(invited.body);
  expect(member).toMatchObject({ email, role: "viewer", status: "invited", tenant_id: tenant });
  expect(invited.headers.get("location")).toBe(`/api/members/${member.id}`);
  expect((await api.get(`/api/members/${member.id}`)).body).toEqual(member);

  const first = await newestTemporaryPassword(stack, email);
  expect((await api.post(`/api/members/${member.id}/resend`)).status).toBe(200);
  const password = await newestTemporaryPassword(stack, email);
  expect(password).not.toBe(first);
  const anyone = new Api(baseURL);
  expectProblem(await anyone.post("/api/user/login", { email, password: first }), 401, "invalid_credentials");
  const asked = (await anyone.post("/api/user/login", { email, password })).body as { session: string };
  const chosen = { email, new_password: "Ch0sen-by-me!", session: asked.session };
  const { access_token } = (await anyone.post("/api/user/new-password", chosen)).body as {
    access_token: string;
  };
  const theirs = anyone.bearer(access_token);
  expect((await theirs.get("/api/user/tenant")).body).toMatchObject({ tenant_id: tenant });
  expectProblem(await theirs.post("/api/members", { email: "x@y.example" }), 403, "forbidden");
  const now = Member.parse((await api.get(`/api/members/${member.id}`)).body);
  expect(now).toMatchObject({ status: "active", role: "viewer" });
  expect(now.last_sign_in_at).not.toBeNull();
  expectProblem(await api.post(`/api/members/${member.id}/resend`), 409, "conflict");
});

test("an address that has an account is refused in the same words, whichever tenant it is in", async ({
  stack,
}) => {
  const { api, user } = await newAdmin(stack);
  const invite = async (email: string) => {
    const answer = await api.post("/api/members", { email });
    expectProblem(answer, 409, "member_exists");
    return withoutRequestId(answer);
  };
  const own = await invite(user.email);
  expect(await invite("bob@acme.example")).toEqual(own);
  expect(await invite("BOB@acme.example")).toEqual(own);
});

test("an invitation with a key is carried out once", async ({ stack }) => {
  const { api } = await newAdmin(stack);
  const input = newInvitation();
  const invite = (json: object) => api.post("/api/members", json, { "Idempotency-Key": "once" });
  const first = await invite(input);
  expect(first.status).toBe(201);
  expect((await invite(input)).body).toEqual(first.body);
  expect(await messagesTo(stack, input.email)).toHaveLength(1);
  expectProblem(await invite({ ...input, role: "admin" }), 422, "idempotency_key_reused");
});

test("whoever is disabled is out at once, in the browser and as a script, and back when enabled", async ({
  stack,
  baseURL,
}) => {
  const admin = await newAdmin(stack);
  const user = await newUser(stack, { tenant: admin.tenant });
  const [script, browser] = [await apiOf(stack, user), await browserOf(stack, user)];
  const id = await admin.idOf(user);
  expect((await script.get("/api/user/me")).status).toBe(200);
  expect((await browser.get("/api/user/me")).status).toBe(200);
  const disabled = await admin.api.patch(`/api/members/${id}`, { status: "disabled" });
  expect(disabled.body).toMatchObject({ status: "disabled" });
  expectProblem(await script.get("/api/user/me"), 401, "invalid_token");
  expectProblem(await browser.get("/api/user/me"), 401, "session_ended");
  expectProblem(await new Api(baseURL).post("/api/user/login", user), 401, "invalid_credentials");
  await admin.api.patch(`/api/members/${id}`, { status: "enabled" });
  expect((await (await apiOf(stack, user)).get("/api/user/me")).status).toBe(200);
});

test("a new role counts at once: a higher one in the same session, a lower one by signing in again", async ({
  stack,
}) => {
  const admin = await newAdmin(stack);
  const user = await newUser(stack, { tenant: admin.tenant, groups: ["viewer"] });
  const [script, browser] = [await apiOf(stack, user), await browserOf(stack, user)];
  const id = await admin.idOf(user);
  expectProblem(await browser.post("/api/members", newInvitation()), 403, "forbidden");
  await admin.api.patch(`/api/members/${id}`, { role: "admin" });
  expect((await browser.post("/api/members", newInvitation())).status).toBe(201);
  await admin.api.patch(`/api/members/${id}`, { role: "viewer" });
  expectProblem(await browser.get("/api/user/me"), 401, "session_ended");
  expectProblem(await script.get("/api/user/me"), 401, "invalid_token");
  expectProblem(await (await apiOf(stack, user)).post("/api/members", newInvitation()), 403, "forbidden");
});

test("another tenant's member is answered as one who never was, and stays as they are", async ({ stack }) => {
  const [one, other] = [await newAdmin(stack), await newAdmin(stack)];
  const user = await newUser(stack, { tenant: other.tenant });
  const theirs = await apiOf(stack, user);
  const id = await other.idOf(user);
  const before = await atCognito(stack, user);
  for (const [method, path, json] of ON_A_MEMBER) {
    const unknown = await one.api.send(method, `/api/members/${UNKNOWN_ID}${path}`, { json });
    expectProblem(unknown, 404, "not_found");
    for (const each of [id, id.toUpperCase(), user.email, "x"]) {
      const answer = await one.api.send(method, `/api/members/${encodeURIComponent(each)}${path}`, { json });
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    }
  }
  expect(await atCognito(stack, user)).toEqual(before);
  expect((await theirs.get("/api/user/me")).status).toBe(200);
  const listed = Member.array().parse((await one.api.get("/api/members")).body);
  expect(listed.map(({ email }) => email)).toEqual([one.user.email]);
});

test("the last administrator stays, until there is another one", async ({ stack }) => {
  const { api, user, tenant, idOf } = await newAdmin(stack);
  const path = `/api/members/${await idOf(user)}`;
  expectProblem(await api.delete(path), 409, "last_admin");
  expectProblem(await api.patch(path, { role: "member" }), 409, "last_admin");
  expectProblem(await api.patch(path, { status: "disabled" }), 409, "last_admin");
  const second = await newUser(stack, { tenant, groups: ["admin"] });
  expect((await api.delete(path)).status).toBe(204);
  expectProblem(await api.get("/api/user/me"), 401, "invalid_token");
  expect((await (await apiOf(stack, second)).get("/api/members")).status).toBe(200);
});

test("who forgot and whose phone is lost: a code replaces the password, and no second step is asked for", async ({
  stack,
  baseURL,
}) => {
  const admin = await newAdmin(stack);
  const user = await newUser(stack, { tenant: admin.tenant, phone: PHONE });
  await admin.api.post("/api/members/sync");
  const id = await admin.idOf(user);
  expect((await admin.api.post(`/api/members/${id}/reset-mfa`)).status).toBe(200);
  const reset = await admin.api.post(`/api/members/${id}/reset-password`);
  expect(reset.body).toMatchObject({ status: "reset_required" });
  const anyone = new Api(baseURL);
  expectProblem(await anyone.post("/api/user/login", user), 401, "password_reset_required");
  const code = await newestCode(stack, user.email);
  const new_password = "An0ther-one!";
  const answer = await anyone.post("/api/user/reset-password", { email: user.email, code, new_password });
  expect(answer.status).toBe(200);
  // Without a code by text message: the second factor is off.
  await login(baseURL, user.email, new_password);
  expect((await admin.api.get(`/api/members/${id}`)).body).toMatchObject({ status: "active" });
});

test("what makes no sense is refused, field by field", async ({ stack }) => {
  const { api } = await newAdmin(stack);
  for (const body of [
    {},
    { email: "x" },
    { email: "a@b.example", role: "operator" },
    { email: "a@b.example", tenant_id: "globex" },
    { email: `a\u0000@b.example` },
    { email: `${"a".repeat(130)}@b.example` },
  ]) {
    expectProblem(await api.post("/api/members", body), 400, "invalid_request");
  }
  for (const body of [{}, { role: "operator" }, { status: "invited" }, { email: "a@b.example" }]) {
    expectProblem(await api.patch(`/api/members/${UNKNOWN_ID}`, body), 400, "invalid_request");
  }
  for (const query of ["limit=0", "role=operator", "status=x", "q=%00", "cursor=x", "x=1"]) {
    expectProblem(await api.get(`/api/members?${query}`), 400, "invalid_request");
  }
  expectProblem(await api.send("PUT", "/api/members", {}), 405, "method_not_allowed");
  expectProblem(await api.get("/api/members/sync"), 405, "method_not_allowed");
});
