import { expect } from "@playwright/test";
import type { CallGround } from "../support/call-each";
import { apiOf } from "../support/person";
import { newMember, newTenant, newUser } from "../support/users";

/** Every operation on tenants, when it succeeds and when it refuses. The ground lets operators act elsewhere. */
export async function callEach({ stack, check }: CallGround): Promise<void> {
  const operator = await newUser(stack, { tenant: newTenant(), groups: ["operator"] });
  const { password } = operator;
  const api = await apiOf(stack, operator);
  check("listTenants", await (await newMember(stack, { groups: ["admin"] })).get("/api/tenants"));
  const [id, administrator] = [newTenant(), `${newTenant()}@people.example`];
  const made = check("makeTenant", await api.post("/api/tenants", { id, administrator }));
  expect(made.body).toMatchObject({ id, members: 1, invitation: "mailed" });
  check("makeTenant", await api.post("/api/tenants", { id: newTenant(), administrator }));
  check("makeTenant", await api.post("/api/tenants", { id }));
  check("listTenants", await api.get("/api/tenants?limit=1"));
  const path = made.headers.get("location") ?? "";
  check("readOneTenant", await api.get(path));
  check("readOneTenant", await api.get(`${path}-x`));
  check("changeTenant", await api.patch(path, { name: "Lantern Ltd", status: "suspended" }));
  check("changeTenant", await api.patch(path, { status: "active" }));
  check("changeTenant", await api.patch(`${path}-x`, { status: "active" }));
  check("changeTenant", await api.patch(path, { single_sign_on: "on" }));
  check("changeTenant", await api.patch(path, { single_sign_on: "off" }));
  const other = { email: `${newTenant()}@people.example` };
  check("inviteAdministrator", await api.post(`${path}/administrators`, other));
  check("inviteAdministrator", await api.post(`${path}/administrators`, other));
  const domain = `${newTenant()}.example`;
  const chief = await newMember(stack, { tenant: id, groups: ["admin"] });
  await chief.post("/api/single-sign-on/domains", { domain });
  check("proveTenantDomain", await api.post(`${path}/domains/${domain}/proof`));
  check("proveTenantDomain", await api.post(`${path}/domains/none.example/proof`));
  check("exportTenant", await api.get(`${path}/export`));
  check("exportTenant", await api.get(`${path}-x/export`));
  const remove = (json: object) => api.send("DELETE", path, { json });
  check("deleteTenant", await remove({ confirm: "other", password }));
  check("deleteTenant", await remove({ confirm: id, password: "Wr0ng!password" }));
  check("deleteTenant", await remove({ confirm: id, password }));
  await expect.poll(async () => (await api.get(path)).status).toBe(404);
  check("deleteTenant", await remove({ confirm: id, password }));
}
