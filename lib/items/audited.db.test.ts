import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import { AuditEvent } from "../audit/contract";
import { listAudit } from "../audit/list-audit";
import type { TenantContext } from "../auth/tenancy/tenant";
import { WHICHEVER } from "../db/expected-version";
import { changeItem } from "./change-item";
import { createItem } from "./create-item";
import { deleteItem } from "./delete-item";
import { restoreItem } from "./restore-item";

const INPUT = { name: "Gate", description: "" };

/** The record of the tenant, from its beginning. */
async function recorded(tenant: TenantContext): Promise<AuditEvent[]> {
  const { rows } = await listAudit(tenant, { limit: 100 });
  return rows.map((row) => AuditEvent.parse(row)).reverse();
}

test("what was done to an item is on record, by whom and from where", async () => {
  const tenant = makeTenant({ groups: ["admin"] });
  const { id } = await createItem(tenant, INPUT);
  await changeItem(tenant, id, { name: "Pass" }, WHICHEVER);
  await deleteItem(tenant, id, WHICHEVER);
  await restoreItem(tenant, id, WHICHEVER);
  const said = {
    outcome: "done",
    actor: { sub: tenant.principal.sub, name: null, role: "admin" },
    address: "192.0.2.1",
    tenant_id: tenant.tenantId,
  };
  expect(await recorded(tenant)).toMatchObject([
    { action: "item.created", subject: { id, label: "Gate" }, ...said },
    { action: "item.changed", subject: { id, label: "Pass" }, ...said },
    { action: "item.deleted", subject: { id, label: "Pass" }, ...said },
    { action: "item.restored", subject: { id, label: "Pass" }, ...said },
  ]);
});

test("what was not done to an item, or was done before under the same key, is not on record", async () => {
  const tenant = makeTenant();
  await createItem(tenant, INPUT, "key");
  await createItem(tenant, INPUT, "key");
  await expect(changeItem(tenant, randomUUID(), { name: "x" }, WHICHEVER)).rejects.toThrow();
  expect((await recorded(tenant)).map(({ action }) => action)).toEqual(["item.created"]);
});
