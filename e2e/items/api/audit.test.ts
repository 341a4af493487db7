import type { Stack } from "../../../infra/local/stack";
import { AuditEvent } from "../../../lib/audit/contract";
import { Item } from "../../../lib/items/contract";
import type { Api } from "../../support/api";
import { expect, test } from "../../support/test";
import { newMember, newTenant } from "../../support/users";

const eventsOf = async (api: Api, query: Record<string, string>) =>
  AuditEvent.array().parse((await api.get(`/api/audit?${new URLSearchParams(query)}`)).body);
const newAdmin = (stack: Stack, tenant: string) => newMember(stack, { tenant, groups: ["admin"] });

test("what was done to an item is on record by the name it had", async ({ stack }) => {
  const api = await newAdmin(stack, newTenant());
  const { id } = Item.parse((await api.post("/api/items", { name: "Lantern" })).body);
  await api.patch(`/api/items/${id}`, { name: "Gate" });
  await api.delete(`/api/items/${id}`);
  expect(await eventsOf(api, { action: "item" })).toMatchObject([
    { action: "item.deleted", subject: { id, label: "Gate" } },
    { action: "item.changed", subject: { id, label: "Gate" } },
    { action: "item.created", subject: { id, label: "Lantern" } },
  ]);
  expect(await eventsOf(api, { action: "item", subject: "gate" })).toHaveLength(2);
});

test.describe("where an operator may act for a tenant", () => {
  test.use({ stackOptions: { environment: { TENANT_STRICT: "0" } } });

  test("an item of theirs is on that tenant's record as an operator's", async ({ stack }) => {
    const tenant = newTenant();
    const admin = await newAdmin(stack, tenant);
    const operator = await newMember(stack, { tenant: "sekisho", groups: ["operator"] });
    await operator.with({ "X-Tenant-Id": tenant }).post("/api/items", { name: "Mended" });
    expect(await eventsOf(admin, { action: "item" })).toMatchObject([
      { action: "item.created", actor: { role: "operator" } },
    ]);
  });
});
