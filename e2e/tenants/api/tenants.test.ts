import { apiOf } from "../../support/person";
import { expectProblem } from "../../support/problem";
import { expect, test } from "../../support/test";
import { newMember, newTenant, newUser } from "../../support/users";

test("operators manage tenants wherever tenants are kept apart, and see none of their rows there", async ({
  stack,
}) => {
  const api = await newMember(stack, { groups: ["operator"] });
  const id = newTenant();
  expect((await api.post("/api/tenants", { id, name: "Lantern" })).status).toBe(201);
  const member = await newMember(stack, { tenant: id });
  expectProblem(await api.get(`/api/tenants/${id}/export`), 403, "forbidden");
  expectProblem(await api.get("/api/user/tenant", { "X-Tenant-Id": id }), 403, "tenant_mismatch");
  expect((await api.patch(`/api/tenants/${id}`, { status: "suspended" })).body).toMatchObject({
    id,
    status: "suspended",
    suspended_at: expect.any(String),
  });
  expectProblem(await member.get("/api/user/tenant"), 403, "tenant_suspended");
  expectProblem(await member.get("/api/tenants"), 403, "tenant_suspended");
  await api.patch(`/api/tenants/${id}`, { status: "active" });
  expect((await member.get("/api/user/tenant")).status).toBe(200);
  expectProblem(await member.get("/api/tenants"), 403, "forbidden");
});

test("of two who make the same tenant at once, one does", async ({ stack }) => {
  const api = await newMember(stack, { groups: ["operator"] });
  const id = newTenant();
  const made = await Promise.all([1, 2, 3].map(() => api.post("/api/tenants", { id })));
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test("of two who delete the same tenant at once, it is begun once, and is gone by itself", async ({
  stack,
}) => {
  const operator = await newUser(stack, { tenant: newTenant(), groups: ["operator"] });
  const api = await apiOf(stack, operator);
  const id = newTenant();
  await api.post("/api/tenants", { id });
  await newUser(stack, { tenant: id });
  const json = { confirm: id, password: operator.password };
  const answers = await Promise.all([1, 2].map(() => api.send("DELETE", `/api/tenants/${id}`, { json })));
  // Whoever comes when it is gone already finds none.
  expect(answers.map(({ status }) => status).sort()[0]).toBe(202);
  await expect.poll(async () => (await api.get(`/api/tenants/${id}`)).status).toBe(404);
  expectProblem(await api.get(`/api/tenants/${id}`), 404, "not_found");
});
