import { Api } from "../support/api";
import { ApiContract, addressOf, exampleOf } from "../support/api-contract";
import { cookieHeader, openSession, postToNextAuth } from "../support/browser-session";
import { holdingsOf } from "../support/holdings";
import { expectProblem } from "../support/problem";
import { expect, test } from "../support/test";
import { newInvitation, newTenant, newUser } from "../support/users";

test("whoever is meant for somebody else, or for another tenant, reads and writes nothing", async ({
  stack,
  baseURL,
}) => {
  const tenant = newTenant();
  const user = await newUser(stack, { tenant, groups: ["admin"] });
  const cookies = await openSession(baseURL, user.email, user.password);
  const api = new Api(baseURL, { Cookie: cookieHeader(cookies), Origin: baseURL });
  const { sub } = (await api.get("/api/user/me")).body as { sub: string };
  const { operations } = await ApiContract.of(baseURL);
  const ofACaller = operations.filter(({ security }) => security.length > 0);
  const before = await holdingsOf(api);
  for (const operation of ofACaller) {
    const { method, operationId, parameters = [] } = operation;
    const send = (headers: Record<string, string>) =>
      api.send(method, addressOf(operation), { json: exampleOf(operation), headers });
    expectProblem(await send({ "X-Shown-To": "somebody-else" }), 409, "another_person");
    if (!parameters.some(({ $ref }) => $ref?.endsWith("/ShownTenant"))) continue;
    const answer = await send({ "X-Shown-To": sub, "X-Shown-Tenant": newTenant() });
    expect([operationId, (answer.body as { code?: string }).code]).toEqual([operationId, "another_tenant"]);
  }
  const meant = { "X-Shown-To": sub, "X-Shown-Tenant": tenant };
  expect(await holdingsOf(api.with(meant))).toBe(before);
  expect((await api.post("/api/members", newInvitation(), meant)).status).toBe(201);
  expect(await holdingsOf(api)).not.toBe(before);
});

test("a page of one person does not sign another one out", async ({ stack, baseURL }) => {
  const user = await newUser(stack, { tenant: newTenant() });
  const cookies = await openSession(baseURL, user.email, user.password);
  const api = new Api(baseURL, { Cookie: cookieHeader(cookies) });
  const { sub } = (await api.get("/api/user/me")).body as { sub: string };
  const signOut = (shownTo: string) =>
    postToNextAuth(baseURL, "signout", new Map(cookies), {}, baseURL, { "X-Shown-To": shownTo });
  const refused = await signOut("somebody-else");
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: "another_person" }]);
  expect((await api.get("/api/user/me")).status).toBe(200);
  expect((await signOut(sub)).status).toBe(200);
  expect((await api.get("/api/user/me")).status).toBe(401);
});
