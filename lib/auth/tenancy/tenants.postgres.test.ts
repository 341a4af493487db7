import { expect, test } from "vitest";
import { keepTenant as keepFromOutside } from "../../../infra/local/keep-tenant";
import { makeTenant } from "../../../infra/local/testing/tenant";
import { keepTenant, knownTenant, tenantName } from "./tenants";

const url = () => process.env.DATABASE_URL ?? "";

test("a tenant that a script makes is one to work in, by the name it was given", async () => {
  const { tenantId: id } = makeTenant();
  await expect(knownTenant(id)).rejects.toMatchObject({ code: "unknown_tenant", status: 404 });
  expect(await tenantName(id)).toBe(id);
  await keepFromOutside(url(), { id, name: "Acme Ltd" });
  expect(await knownTenant(id)).toEqual({ id, name: "Acme Ltd" });
  await keepFromOutside(url(), { id });
  expect(await knownTenant(id)).toEqual({ id, name: "Acme Ltd" });
});

test("a sign-in leaves the name of a tenant as it is", async () => {
  const { tenantId: id } = makeTenant();
  await keepFromOutside(url(), { id, name: "Globex" });
  await keepTenant(id);
  expect(await knownTenant(id)).toEqual({ id, name: "Globex" });
});
