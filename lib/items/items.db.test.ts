import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { TenantContext } from "../auth/tenant";
import { changeItem } from "./change-item";
import { Item } from "./contract";
import { createItem } from "./create-item";
import { deleteItem } from "./delete-item";
import { listItems } from "./list-items";
import { readItem } from "./read-item";

const INPUT = { name: "Gate pass", description: "For the Hakone road" };
const add = (tenant: TenantContext) => createItem(tenant, INPUT);

describe("an item", () => {
  test("is the caller's, in the caller's tenant, and reads back as it was answered", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    expect(Item.parse(item)).toEqual({
      ...INPUT,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      tenant_id: tenant.tenantId,
      owner_sub: tenant.principal.sub,
      version: 1,
      created_at: item.updated_at,
      updated_at: item.created_at,
    });
    expect(await readItem(tenant, item.id)).toEqual(item);
    expect((await listItems(tenant, { limit: 1, cursor: undefined })).rows).toEqual([item]);
  });
  test("keeps any text that PostgreSQL can store", async () => {
    const tenant = makeTenant();
    for (const text of [
      "関所 🗝️ \u202E",
      "\u0001\r\n\t",
      "é".repeat(2_000),
      "{}[]\"'\\$1 %s",
      "\uFFFD\uFEFF",
    ]) {
      const { id } = await createItem(tenant, { name: text, description: text });
      expect(await readItem(tenant, id)).toMatchObject({ name: text, description: text });
    }
  });
  test("with NUL that came past the contract is the caller's fault, and not stored", async () => {
    const tenant = makeTenant();
    await expect(createItem(tenant, { name: "a\0b", description: "" })).rejects.toMatchObject({
      code: "invalid_request",
      status: 400,
    });
    expect((await listItems(tenant, { limit: 1, cursor: undefined })).rows).toEqual([]);
  });
});

describe("changing an item", () => {
  test("counts its version, moves its time, and leaves the rest", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    const changed = await changeItem(tenant, item.id, { name: "Pass" }, null);
    expect(changed).toEqual({ ...item, name: "Pass", version: 2, updated_at: changed.updated_at });
    expect(Date.parse(changed.updated_at)).toBeGreaterThanOrEqual(Date.parse(item.updated_at));
    const again = await changeItem(tenant, item.id, { description: "" }, 2);
    expect(again).toEqual({ ...changed, description: "", version: 3, updated_at: again.updated_at });
    expect(await readItem(tenant, item.id)).toEqual(again);
  });
  test("by a colleague leaves the owner", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    const colleague = makeTenant({ tenantId: tenant.tenantId });
    expect(await changeItem(colleague, item.id, { name: "x" }, 1)).toMatchObject({
      owner_sub: tenant.principal.sub,
    });
  });
  test.each([0, 1, 3, 999_999_999])(
    "at version %d, when it has version 2, is refused and changes nothing",
    async (version) => {
      const tenant = makeTenant();
      const { id } = await add(tenant);
      const item = await changeItem(tenant, id, { name: "second" }, 1);
      await expect(changeItem(tenant, id, { name: "third" }, version)).rejects.toMatchObject({
        code: "precondition_failed",
        status: 412,
      });
      expect(await readItem(tenant, id)).toEqual(item);
    },
  );
  test("that is not there is not found, at any version", async () => {
    for (const version of [null, 1]) {
      await expect(changeItem(makeTenant(), randomUUID(), { name: "x" }, version)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
  test("by many at once who all saw the same version succeeds for one", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    const changes = Array.from({ length: 20 }, (_, i) => changeItem(tenant, id, { name: `by ${i}` }, 1));
    const results = await Promise.allSettled(changes);
    const [winner, ...others] = results.filter((each) => each.status === "fulfilled");
    expect(others).toEqual([]);
    for (const each of results.filter((result) => result.status === "rejected")) {
      expect(each.reason).toMatchObject({ code: "precondition_failed" });
    }
    expect(await readItem(tenant, id)).toEqual(winner?.value);
  });
  test("by many at once who do not mind loses no count", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    await Promise.all(Array.from({ length: 20 }, (_, i) => changeItem(tenant, id, { name: `${i}` }, null)));
    expect(await readItem(tenant, id)).toMatchObject({ version: 21 });
  });
});

describe("deleting an item", () => {
  test.each([
    ["the owner, a member", [], "owner", "gone"],
    ["the owner, an admin", ["admin"], "owner", "gone"],
    ["a colleague, a member", [], "colleague", "forbidden"],
    ["a colleague, a viewer", ["viewer"], "colleague", "forbidden"],
    ["a colleague, an admin", ["admin"], "colleague", "gone"],
    ["a colleague, of some other group", ["operator", "Admin", "admins"], "colleague", "forbidden"],
  ])("by %s", async (_, groups, who, outcome) => {
    const owner = makeTenant();
    const item = await add(owner);
    const { sub } = who === "owner" ? owner.principal : { sub: randomUUID() };
    const caller = makeTenant({ tenantId: owner.tenantId, sub, groups });
    if (outcome === "gone") {
      await deleteItem(caller, item.id, null);
      await expect(readItem(owner, item.id)).rejects.toMatchObject({ code: "not_found" });
    } else {
      await expect(deleteItem(caller, item.id, null)).rejects.toMatchObject({
        code: "forbidden",
        status: 403,
      });
      expect(await readItem(owner, item.id)).toEqual(item);
    }
  });
  test("at another version is refused and deletes nothing", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    await expect(deleteItem(tenant, item.id, 2)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await readItem(tenant, item.id)).toEqual(item);
    await deleteItem(tenant, item.id, 1);
  });
  test("twice, or by many at once, finds it once", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => deleteItem(tenant, id, null)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of results.filter((result) => result.status === "rejected")) {
      expect(each.reason).toMatchObject({ code: "not_found" });
    }
  });
});
