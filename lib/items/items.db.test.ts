import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { makeLater } from "../../infra/local/testing/later";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import type { TenantContext } from "../auth/tenancy/tenant";
import { WHICHEVER } from "../db/expected-version";
import { sweep } from "../db/sweep";
import { changeItem } from "./change-item";
import { Item } from "./contract";
import { createItem } from "./create-item";
import { deleteItem } from "./delete-item";
import { exportItems } from "./export-items";
import { listItems } from "./list-items";
import { readItem } from "./read-item";
import { recentItems } from "./recent-items";
import { restoreItem } from "./restore-item";
import { deletedItems } from "./tables";

const only = (version: number) => ({ oneOf: [version], noneOf: [] });

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
      owner: { sub: tenant.principal.sub, name: null, is_member: false },
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
    const changed = await changeItem(tenant, item.id, { name: "Pass" }, WHICHEVER);
    expect(changed).toEqual({ ...item, name: "Pass", version: 2, updated_at: changed.updated_at });
    expect(Date.parse(changed.updated_at)).toBeGreaterThanOrEqual(Date.parse(item.updated_at));
    const again = await changeItem(tenant, item.id, { description: "" }, only(2));
    expect(again).toEqual({ ...changed, description: "", version: 3, updated_at: again.updated_at });
    expect(await readItem(tenant, item.id)).toEqual(again);
  });
  test("by a colleague leaves the owner", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    const colleague = makeTenant({ tenantId: tenant.tenantId });
    expect(await changeItem(colleague, item.id, { name: "x" }, only(1))).toMatchObject({
      owner_sub: tenant.principal.sub,
      owner: { sub: tenant.principal.sub, name: null, is_member: false },
    });
  });
  test.each([0, 1, 3, 999_999_999])(
    "at version %d, when it has version 2, is refused and changes nothing",
    async (version) => {
      const tenant = makeTenant();
      const { id } = await add(tenant);
      const item = await changeItem(tenant, id, { name: "second" }, only(1));
      await expect(changeItem(tenant, id, { name: "third" }, only(version))).rejects.toMatchObject({
        code: "precondition_failed",
        status: 412,
      });
      expect(await readItem(tenant, id)).toEqual(item);
    },
  );
  test("that is not there is not found, at any version", async () => {
    for (const version of [WHICHEVER, only(1)]) {
      await expect(changeItem(makeTenant(), randomUUID(), { name: "x" }, version)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
  test("by many at once who all saw the same version succeeds for one", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    const changes = Array.from({ length: 20 }, (_, i) =>
      changeItem(tenant, id, { name: `by ${i}` }, only(1)),
    );
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
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => changeItem(tenant, id, { name: `${i}` }, WHICHEVER)),
    );
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
      await deleteItem(caller, item.id, WHICHEVER);
      await expect(readItem(owner, item.id)).rejects.toMatchObject({ code: "not_found" });
    } else {
      await expect(deleteItem(caller, item.id, WHICHEVER)).rejects.toMatchObject({
        code: "forbidden",
        status: 403,
      });
      expect(await readItem(owner, item.id)).toEqual(item);
    }
  });
  test("at another version is refused and deletes nothing", async () => {
    const tenant = makeTenant();
    const item = await add(tenant);
    await expect(deleteItem(tenant, item.id, only(2))).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await readItem(tenant, item.id)).toEqual(item);
    await deleteItem(tenant, item.id, only(1));
  });
  test("twice, or by many at once, finds it once", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => deleteItem(tenant, id, WHICHEVER)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of results.filter((result) => result.status === "rejected")) {
      expect(each.reason).toMatchObject({ code: "not_found" });
    }
  });
});

describe("restoring an item", () => {
  test("brings it back as it was", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    const item = await changeItem(tenant, id, { name: "Second" }, WHICHEVER);
    await deleteItem(tenant, id, WHICHEVER);
    expect(await restoreItem(tenant, id, WHICHEVER)).toEqual(item);
    expect(await readItem(tenant, id)).toEqual(item);
    await expect(restoreItem(tenant, id, WHICHEVER)).rejects.toMatchObject({ code: "not_found" });
    await deleteItem(tenant, id, only(item.version));
    expect(await restoreItem(tenant, id, WHICHEVER)).toEqual(item);
  });
  test("of another version than expected stays deleted", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    await changeItem(tenant, id, { name: "Changed" }, WHICHEVER);
    await deleteItem(tenant, id, WHICHEVER);
    for (const expected of [only(1), { oneOf: [], noneOf: [] }, { oneOf: null, noneOf: [2] }])
      await expect(restoreItem(tenant, id, expected)).rejects.toMatchObject({ code: "precondition_failed" });
    expect(await restoreItem(tenant, id, only(2))).toMatchObject({ id, version: 2 });
  });
  test("of another tenant, or that was never deleted, finds nothing", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    await expect(restoreItem(tenant, id, WHICHEVER)).rejects.toMatchObject({ code: "not_found" });
    await deleteItem(tenant, id, WHICHEVER);
    await expect(restoreItem(makeTenant(), id, WHICHEVER)).rejects.toMatchObject({ code: "not_found" });
    expect(await restoreItem(tenant, id, WHICHEVER)).toMatchObject({ id });
  });
  test("is for whoever may delete it: not for a colleague, but for an admin", async () => {
    const owner = makeTenant();
    const { tenantId } = owner;
    const { id } = await add(owner);
    const admin = makeTenant({ tenantId, groups: ["admin"] });
    await deleteItem(admin, id, WHICHEVER);
    await expect(restoreItem(makeTenant({ tenantId }), id, WHICHEVER)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await restoreItem(admin, id, WHICHEVER)).toMatchObject({ id, owner_sub: owner.principal.sub });
  });
  test("is possible for an hour; then housekeeping sweeps it away", async () => {
    const tenant = makeTenant();
    const [old, other] = [await add(tenant), await add(tenant)];
    await deleteItem(tenant, old.id, WHICHEVER);
    await asSuperuser((tx) =>
      tx.execute(
        sql`update deleted_items set deleted_at = now() - interval '61 minutes' where id = ${old.id}`,
      ),
    );
    await expect(restoreItem(tenant, old.id, WHICHEVER)).rejects.toMatchObject({ code: "not_found" });
    await deleteItem(tenant, other.id, WHICHEVER);
    await sweep(deletedItems, undefined, 1_000);
    const kept = await asSuperuser((tx) =>
      tx.execute(sql`select id from deleted_items where tenant_id = ${tenant.tenantId}`),
    );
    expect((kept as unknown as { rows: unknown[] }).rows).toEqual([{ id: other.id }]);
  });
  test("by many at once brings it back once", async () => {
    const tenant = makeTenant();
    const { id } = await add(tenant);
    await deleteItem(tenant, id, WHICHEVER);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => restoreItem(tenant, id, WHICHEVER)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listItems(tenant, { limit: 10, cursor: undefined })).rows).toHaveLength(1);
  });
});

test("the items changed last come first among the recent ones", async () => {
  const tenant = makeTenant();
  const first = await add(tenant);
  await add(tenant);
  await makeLater();
  const changed = await changeItem(tenant, first.id, { name: "Changed" }, WHICHEVER);
  expect((await recentItems(tenant, 1)).map(({ id }) => id)).toEqual([changed.id]);
  expect(await recentItems(makeTenant(), 5)).toEqual([]);
});

describe("a search for a name", () => {
  test.each(["Lantern", "ÉTÉ", "Юрий", "ΚΑΦΕ", "Ｇａｔｅ", "関所"])("finds %s in any case", async (name) => {
    const tenant = makeTenant();
    await createItem(tenant, { name: `${name} 1`, description: "" });
    for (const typed of [name.toLowerCase(), name.toUpperCase()]) {
      const page = { limit: 10, cursor: undefined };
      const found = [{ name: `${name} 1` }];
      expect((await listItems(tenant, { ...page, starts_with: typed })).rows, typed).toMatchObject(found);
      expect((await listItems(tenant, { ...page, contains: `${typed} 1` })).rows, typed).toMatchObject(found);
    }
  });
});

describe("an export", () => {
  const csvOf = async (...args: Parameters<typeof exportItems>) => {
    const pieces = [];
    for await (const piece of exportItems(...args)) pieces.push(piece);
    return pieces;
  };
  const HEAD = '\uFEFF"id","name","description","owner_sub","version","created_at","updated_at","owner"\r\n';

  test("of nothing is its head", async () => {
    expect(await csvOf(makeTenant(), {})).toEqual([HEAD]);
  });
  test("has a line for each item that matches, quoted, whatever is in it", async () => {
    const tenant = makeTenant();
    await createItem(tenant, { name: "Other", description: "" });
    const item = await createItem(tenant, { name: 'A "lantern",\nred', description: "関所" });
    const line = `"${item.id}","A ""lantern"",\nred","関所","${item.owner_sub}","1","${item.created_at}","${item.updated_at}",""\r\n`;
    expect((await csvOf(tenant, { contains: "LANTERN" })).join("")).toBe(HEAD + line);
  });
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])(
    "lets no spreadsheet calculate %j",
    async (name) => {
      const tenant = makeTenant();
      await createItem(tenant, { name: "x", description: name });
      expect((await csvOf(tenant, {})).join("")).toContain(`,"'${name}",`);
    },
  );
  test("of many comes a page at a time, each item once", async () => {
    const tenant = makeTenant();
    await asSuperuser((tx) =>
      tx.execute(sql`
        insert into items (tenant_id, id, name, description, owner_sub, created_at, updated_at)
        select ${tenant.tenantId}, gen_random_uuid(), 'n' || n, '', 'x', now(), now() from generate_series(1, 2500) n`),
    );
    const pieces = await csvOf(tenant, {});
    expect(pieces.map((piece) => piece.split("\r\n").length - 1)).toEqual([1_001, 1_000, 500]);
    const names = pieces.join("").match(/"n\d+"/g);
    expect(new Set(names).size).toBe(2_500);
  });
});
