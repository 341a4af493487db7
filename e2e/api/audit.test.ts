import { z } from "zod";
import type { Stack } from "../../infra/local/stack";
import { AuditEvent } from "../../lib/audit/contract";
import { Member } from "../../lib/members/contract";
import { Api, login } from "../support/api";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { apiOf } from "../support/person";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newInvitation, newTenant, newUser } from "../support/users";

const Events = z.array(AuditEvent);

async function newAdmin(stack: Stack, tenant = newTenant()) {
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  return { tenant, user, api: await apiOf(stack, user) };
}

const eventsOf = async (api: Api, query: Record<string, string> = {}) =>
  Events.parse((await api.get(`/api/audit?${new URLSearchParams(query)}`)).body);
const actionsOf = async (api: Api, query: Record<string, string> = {}) =>
  (await eventsOf(api, query)).map(({ action }) => action).reverse();

test("sign-ins and sign-outs of every kind are on record, and so are refused ones", async ({
  stack,
  baseURL,
}) => {
  const { tenant, api, user: admin } = await newAdmin(stack);
  const user = await newUser(stack, { tenant });
  const { email } = user;
  const cookies = await openSession(baseURL, email, user.password);
  const other = await openSession(baseURL, email, user.password);
  const browser = new Api(baseURL).with({ Cookie: cookieHeader(cookies), Origin: baseURL });
  const sessions = (await browser.get("/api/user/sessions")).body as { id: string; current: boolean }[];
  const elsewhere = sessions.find(({ current }) => !current);
  await browser.delete(`/api/user/sessions/${elsewhere?.id}`);
  await postToNextAuth(baseURL, "signout", cookies, {});
  await postToNextAuth(baseURL, "callback/password", other, { email, password: "wrong" });
  const script = await apiOf(stack, user);
  await script.post("/api/user/logout");
  // More of the same within a minute are no more lines.
  for (let i = 0; i < 4; i++) await new Api(baseURL).post("/api/user/login", { email, password: "wrong" });
  await new Api(baseURL).post("/api/user/login", { email: `x${email}`, password: "wrong" });
  await expect.poll(() => actionsOf(api, { subject: email })).toHaveLength(2);
  const refused = await eventsOf(api, { subject: email });
  expect(refused).toMatchObject([
    { action: "sign_in.refused", outcome: "refused", actor: null, subject: { label: email } },
    { action: "sign_in.refused", outcome: "refused", actor: null, subject: { label: email } },
  ]);
  expect(new Set(refused.map(({ detail }) => detail.way))).toEqual(new Set(["api", "form"]));
  expect(await actionsOf(api, { actor: email })).toEqual([
    "sign_in.succeeded",
    "sign_in.succeeded",
    "sign_out.session",
    "sign_out.browser",
    "sign_in.succeeded",
    "sign_out.everywhere",
  ]);
  expect(await actionsOf(api, { actor: admin.email })).toEqual(["sign_in.succeeded"]);
});

test("what was done is told to the tenant's administrators and to no other tenant", async ({ stack }) => {
  const [one, other] = [await newAdmin(stack), await newAdmin(stack)];
  const { id, email } = Member.parse((await one.api.post("/api/members", newInvitation())).body);
  await one.api.patch(`/api/members/${id}`, { role: "member" });
  await one.api.delete(`/api/members/${id}`);
  const refused = await one.api.get("/api/user/tenant", { "X-Tenant-Id": other.tenant });
  expectProblem(refused, 403, "tenant_mismatch");
  await one.api.get("/api/user/tenant", { "X-Tenant-Id": other.tenant });
  expect(await actionsOf(one.api)).toEqual([
    "sign_in.succeeded",
    "member.invited",
    "member.role_changed",
    "member.removed",
    "tenant.mismatch",
  ]);
  expect(await actionsOf(other.api)).toEqual(["sign_in.succeeded"]);
  expect(await actionsOf(one.api, { action: "member", subject: email.toUpperCase() })).toEqual([
    "member.invited",
    "member.role_changed",
    "member.removed",
  ]);
  const [event] = await eventsOf(one.api, { action: "member.invited" });
  expect(event).toMatchObject({
    actor: { name: one.user.email, role: "admin" },
    subject: { id, label: email },
    tenant_id: one.tenant,
  });
  for (const query of ["action=x", "from=yesterday", "to=2026-13-01", "actor=%00", "x=1", "cursor=x"]) {
    expectProblem(await one.api.get(`/api/audit?${query}`), 400, "invalid_request");
  }
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    expectProblem(await one.api.send(method, "/api/audit"), 405, "method_not_allowed");
  }
});

test("it is paged, and holds nothing secret", async ({ stack, baseURL }) => {
  const { api, user } = await newAdmin(stack);
  for (let i = 0; i < 4; i++) await login(baseURL, user.email, user.password);
  const first = await api.get("/api/audit?limit=3");
  const next = /<(.+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await api.get(next);
  expect([...Events.parse(first.body), ...Events.parse(second.body)]).toEqual(await eventsOf(api));
  const { access_token, refresh_token } = await login(baseURL, user.email, user.password);
  const { text } = await api.get("/api/audit");
  for (const secret of [user.password, access_token, refresh_token, "eyJ"])
    expect(text).not.toContain(secret);
});

test.describe("where an operator may act for a tenant", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("an operator in a foreign tenant is on its record, reads its members and manages none", async ({
    stack,
  }) => {
    const { url } = stack.application;
    const { tenant, user } = await newAdmin(stack);
    const admin = new Api(url).bearer((await login(url, user.email, user.password)).access_token);
    const operator = await newUser(stack, { tenant: "sekisho", groups: ["operator"] });
    const { access_token } = await login(url, operator.email, operator.password);
    const api = new Api(url).bearer(access_token).with({ "X-Tenant-Id": tenant });
    const members = (await api.get("/api/members")).body as { id: string; email: string }[];
    expect(members.map(({ email }) => email)).toEqual([user.email]);
    const path = `/api/members/${members[0]?.id}`;
    expect((await api.get(path)).status).toBe(200);
    expectProblem(await api.patch(path, { role: "viewer" }), 403, "forbidden");
    expectProblem(await api.delete(path), 403, "forbidden");
    expectProblem(await api.post("/api/members", { email: "a@b.example" }), 403, "forbidden");
    expectProblem(await api.post("/api/members/sync"), 403, "forbidden");
    expect(await actionsOf(api)).toEqual(await actionsOf(admin));
    expect(await eventsOf(admin, { actor: operator.email })).toMatchObject([
      { action: "tenant.operator_entered", actor: { role: "operator" } },
    ]);
  });
});
