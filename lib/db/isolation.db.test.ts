import { and, count, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { changeAlert } from "../alerts/change-alert";
import { STATUSES } from "../alerts/contract";
import { createAlert } from "../alerts/create-alert";
import { listAlerts } from "../alerts/list-alerts";
import { readAlert } from "../alerts/read-alert";
import { alerts } from "../alerts/tables";
import { AppError } from "../errors";
import { changeItem } from "../items/change-item";
import { createItem } from "../items/create-item";
import { deleteItem } from "../items/delete-item";
import { listItems } from "../items/list-items";
import { readItem } from "../items/read-item";
import { items } from "../items/tables";
import { withDatabase } from "./client";
import { WHICHEVER } from "./expected-version";
import { notBefore, sessions } from "./schema";
import { type TenantTransaction, withTenant } from "./with-tenant";

const only = (version: number) => ({ oneOf: [version], noneOf: [] });

const FIRST_PAGE = { limit: 50, cursor: undefined };
const ALERT = { title: "theirs", detail: "", severity: "info", source: "manual" } as const;

/** The tenant whose rows are asked for, and the one that asks: an admin, who may do most. */
let theirs: ReturnType<typeof makeTenant>;
let ours: ReturnType<typeof makeTenant>;
let theirItem: string;
let theirAlert: string;
let before: unknown;

beforeEach(async () => {
  [theirs, ours] = [makeTenant(), makeTenant({ groups: ["admin"] })];
  theirItem = (await createItem(theirs, { name: "theirs", description: "" })).id;
  theirAlert = (await createAlert(theirs, ALERT)).id;
  await createItem(ours, { name: "ours", description: "" });
  await createAlert(ours, { ...ALERT, title: "ours" });
  before = await rowsOf(theirs.tenantId);
});

/** What is really in the tables for a tenant. */
function rowsOf(tenantId: string) {
  return asSuperuser(async (tx) => ({
    items: await tx.select().from(items).where(eq(items.tenantId, tenantId)),
    alerts: await tx.select().from(alerts).where(eq(alerts.tenantId, tenantId)),
  }));
}

describe("another tenant's id answers as one that never was, and its row stays as it is", () => {
  const useCases: [string, (id: { item: string; alert: string }) => Promise<unknown>][] = [
    ["reading an item", ({ item }) => readItem(ours, item)],
    ["changing an item", ({ item }) => changeItem(ours, item, { name: "taken" }, WHICHEVER)],
    ["changing an item at its version", ({ item }) => changeItem(ours, item, { name: "taken" }, only(1))],
    ["changing an item at another version", ({ item }) => changeItem(ours, item, { name: "taken" }, only(7))],
    ["deleting an item", ({ item }) => deleteItem(ours, item, WHICHEVER)],
    ["deleting an item at its version", ({ item }) => deleteItem(ours, item, only(1))],
    ["deleting an item at another version", ({ item }) => deleteItem(ours, item, only(7))],
    ["reading an alert", ({ alert }) => readAlert(ours, alert)],
    ...STATUSES.map((status): [string, (id: { alert: string }) => Promise<unknown>] => [
      `making an alert ${status}`,
      ({ alert }) => changeAlert(ours, alert, status),
    ]),
  ];
  test.each(useCases)("%s", async (_, useCase) => {
    const refusal = (id: { item: string; alert: string }) =>
      useCase(id).then(
        () => "not refused",
        ({ code, status, title, detail, fields }) => ({ code, status, title, detail, fields }),
      );
    const answer = await refusal({ item: theirItem, alert: theirAlert });
    expect(answer).toMatchObject({ code: "not_found", status: 404 });
    expect(answer).toEqual(await refusal({ item: uuidv7(), alert: uuidv7() }));
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });

  test("lists hold the tenant's own rows only", async () => {
    expect((await listItems(ours, FIRST_PAGE)).rows.map(({ name }) => name)).toEqual(["ours"]);
    expect((await listAlerts(ours, FIRST_PAGE)).rows.map(({ title }) => title)).toEqual(["ours"]);
  });
});

describe("a query that forgets its tenant", () => {
  test("reads the transaction's tenant only", async () => {
    await withTenant(ours.tenantId, async (tx) => {
      expect((await tx.select().from(items)).map(({ name }) => name)).toEqual(["ours"]);
      expect((await tx.select().from(alerts)).map(({ title }) => title)).toEqual(["ours"]);
      expect(await tx.$count(items)).toBe(1);
      expect(await tx.select().from(items).where(eq(items.id, theirItem)).for("update")).toEqual([]);
      expect(await tx.select().from(items).where(eq(items.tenantId, theirs.tenantId))).toEqual([]);
      expect(await tx.select().from(items).where(sql`true or ${items.name} = ''`)).toHaveLength(1);
      expect(await tx.select({ n: count() }).from(items).leftJoin(alerts, sql`true`)).toEqual([{ n: 1 }]);
      const grouped = await tx.select({ tenant: items.tenantId }).from(items).groupBy(items.tenantId);
      expect(grouped).toEqual([{ tenant: ours.tenantId }]);
    });
  });
  test("changes the transaction's tenant only", async () => {
    await withTenant(ours.tenantId, async (tx) => {
      expect(await tx.update(items).set({ name: "taken" }).returning()).toHaveLength(1);
      expect(await tx.update(alerts).set({ title: "taken" }).returning()).toHaveLength(1);
      expect(
        await tx.update(items).set({ name: "taken" }).where(eq(items.id, theirItem)).returning(),
      ).toEqual([]);
    });
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });
  test("deletes the transaction's tenant only", async () => {
    await withTenant(ours.tenantId, async (tx) => {
      expect(await tx.delete(items).returning()).toHaveLength(1);
    });
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });
});

describe("a write into another tenant is refused", () => {
  const row = (tenantId: string, id = uuidv7()) => ({
    tenantId,
    id,
    name: "planted",
    description: "",
    ownerSub: "x",
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  const writes: [string, (tx: TenantTransaction) => Promise<unknown>][] = [
    ["an insert", (tx) => tx.insert(items).values(row(theirs.tenantId))],
    ["an insert among own rows", (tx) => tx.insert(items).values([row(ours.tenantId), row(theirs.tenantId)])],
    ["moving a row there", (tx) => tx.update(items).set({ tenantId: theirs.tenantId })],
    ["moving a row to no tenant", (tx) => tx.update(items).set({ tenantId: "" })],
    ["moving an alert there", (tx) => tx.update(alerts).set({ tenantId: theirs.tenantId })],
    [
      "an upsert on their row",
      (tx) =>
        tx
          .insert(items)
          .values(row(theirs.tenantId, theirItem))
          .onConflictDoUpdate({ target: [items.tenantId, items.id], set: { name: "taken" } }),
    ],
    [
      "an insert that gives way to their row",
      (tx) => tx.insert(items).values(row(theirs.tenantId, theirItem)).onConflictDoNothing(),
    ],
    ["a move by upsert", (tx) => upsertMoving(tx)],
    ["TRUNCATE items", (tx) => tx.execute(sql`truncate items`)],
    ["TRUNCATE alerts", (tx) => tx.execute(sql`truncate alerts`)],
    ["deleting alerts, even one's own", (tx) => tx.delete(alerts)],
    ["switching the policies off", (tx) => tx.execute(sql`alter table items disable row level security`)],
    ["dropping a policy", (tx) => tx.execute(sql`drop policy items_own_tenant on items`)],
  ];
  test.each(writes)("%s", async (_, write) => {
    await expect(withTenant(ours.tenantId, write)).rejects.toMatchObject(denied);
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });

  async function upsertMoving(tx: TenantTransaction): Promise<void> {
    const [own] = await tx.select().from(items);
    await tx
      .insert(items)
      .values(row(ours.tenantId, own?.id))
      .onConflictDoUpdate({ target: [items.tenantId, items.id], set: { tenantId: theirs.tenantId } });
  }

  test("but the same id in two tenants is no conflict: a unique error would tell that it exists", async () => {
    await withTenant(ours.tenantId, (tx) => tx.insert(items).values(row(ours.tenantId, theirItem)));
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });
});

describe("without a tenant", () => {
  test("withTenant refuses to run", () => {
    expect(() => withTenant("", async () => "ran")).toThrow("withTenant needs a tenant");
  });
  test.each(["unset", ""])("the tenants' role sees and writes nothing (%j)", async (tenant) => {
    await withDatabase((db) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`set local role app_user`);
        if (tenant !== "unset") await tx.execute(sql`select set_config('app.tenant_id', ${tenant}, true)`);
        expect(await tx.select().from(items)).toEqual([]);
        expect(await tx.update(items).set({ name: "taken" }).returning()).toEqual([]);
        expect(await tx.delete(items).returning()).toEqual([]);
      }),
    );
    expect(await rowsOf(theirs.tenantId)).toEqual(before);
  });
  test("outside withTenant no tenant's table can be touched", async () => {
    for (const table of [items, alerts]) {
      await expect(withDatabase((db) => db.select().from(table))).rejects.toMatchObject(denied);
      await expect(withDatabase((db) => db.delete(table))).rejects.toMatchObject(denied);
    }
    await expect(withDatabase((db) => db.update(items).set({ name: "x" }))).rejects.toMatchObject(denied);
    await expect(withDatabase((db) => db.execute(sql`truncate items`))).rejects.toMatchObject(denied);
  });
  test("inside withTenant no session can be touched", async () => {
    for (const table of [sessions, notBefore]) {
      await expect(withTenant(ours.tenantId, (tx) => tx.select().from(table).limit(1))).rejects.toMatchObject(
        denied,
      );
      await expect(withTenant(ours.tenantId, (tx) => tx.delete(table))).rejects.toMatchObject(denied);
    }
  });
});

describe("SQL in data stays data", () => {
  test.each([
    "x'; reset role; --",
    "x', true); reset role; select set_config('app.tenant_id', 'y",
    "' or 1=1 --",
    "$1",
    "%",
    "\\",
  ])("a tenant called %s has no rows", async (tenantId) => {
    await withTenant(tenantId, async (tx) => {
      expect(await tx.select().from(items)).toEqual([]);
      const { rows } = (await tx.execute(
        sql`select current_user as role, current_setting('app.tenant_id') as tenant`,
      )) as unknown as { rows: unknown[] };
      expect(rows).toEqual([{ role: "app_user", tenant: tenantId }]);
    });
  });
  test.each(["'; reset role; --", "'); delete from items; --", "' or '1'='1", "\\'; drop table items; --"])(
    "an item called %s is one",
    async (name) => {
      const { id } = await createItem(ours, { name, description: name });
      expect(await readItem(ours, id)).toMatchObject({ name, description: name });
      expect(await changeItem(ours, id, { name: `${name}${name}` }, WHICHEVER)).toMatchObject({
        name: `${name}${name}`,
      });
      expect(await rowsOf(theirs.tenantId)).toEqual(before);
    },
  );
});

test("1,000 interleaved tenants, half of them aborted midway, never see each other", async () => {
  let next = 0;
  const lane = async () => {
    while (next < 1_000) await workAs(next++);
  };
  // Several times as many as there are connections, so that each of them serves tenant after tenant.
  await Promise.all(Array.from({ length: 40 }, lane));
  const stored = await asSuperuser((tx) =>
    tx
      .select({ tenant: items.tenantId, name: items.name })
      .from(items)
      .where(sql`tenant_id like 'interleaved-%'`),
  );
  const committed = Array.from({ length: 500 }, (_, i) => `interleaved-${2 * i}: item ${2 * i}`);
  expect(stored.map(({ tenant, name }) => `${tenant}: ${name}`).sort()).toEqual(committed.sort());
});

async function workAs(i: number): Promise<void> {
  const tenant = makeTenant({ tenantId: `interleaved-${i}` });
  const ending = i % 20 === 1 ? "fails" : i % 2 === 1 ? "refuses" : "commits";
  const done = withTenant(tenant.tenantId, async (tx) => {
    await tx.insert(items).values({
      tenantId: tenant.tenantId,
      id: uuidv7(),
      name: `item ${i}`,
      description: "",
      ownerSub: "x",
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    expect((await tx.select().from(items)).map(({ name }) => name)).toEqual([`item ${i}`]);
    if (ending === "refuses") throw new AppError("conflict");
    if (ending === "fails") await tx.execute(sql`select 1 / 0`);
  });
  if (ending === "commits") await done;
  else if (ending === "refuses") await expect(done).rejects.toMatchObject({ code: "conflict" });
  else await expect(done).rejects.toMatchObject({ cause: { code: "22012" } });
  if (i % 10 === 0) {
    await expect(withDatabase((db) => db.select().from(items))).rejects.toMatchObject(denied);
  }
}

describe("these tests mean something", () => {
  let foreign: { enforced: number; dropped: number };
  beforeAll(async () => {
    const undo = new Error("undo");
    await createItem(makeTenant(), { name: "somebody's", description: "" });
    await asSuperuser(async (tx) => {
      await tx.execute(sql`set local app.tenant_id = 'nobody'`);
      const seen = async () => {
        await tx.execute(sql`set local role app_user`);
        const rows = await tx.$count(items);
        await tx.execute(sql`set local role none`);
        return rows;
      };
      const enforced = await seen();
      await tx.execute(sql`drop policy items_own_tenant on items`);
      await tx.execute(sql`alter table items disable row level security`);
      foreign = { enforced, dropped: await seen() };
      throw undo;
    }).catch((error) => expect(error).toBe(undo));
  });
  test("without the policies the same unfiltered query sees foreign rows", () => {
    expect(foreign.enforced).toBe(0);
    expect(foreign.dropped).toBeGreaterThan(0);
  });
  test("the superuser does see them all", async () => {
    const tenants = await asSuperuser((tx) =>
      tx.selectDistinct({ tenant: items.tenantId }).from(items).where(and(sql`true`)),
    );
    expect(tenants.length).toBeGreaterThan(1);
  });
});
