import { eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { makeTenant } from "../../infra/local/testing/tenant";
import { insertRows, names, tenantTables } from "../../infra/local/testing/tenant-tables";
import { AppError } from "../errors";
import { withDatabase } from "./client";
import { members, notBefore, sessions } from "./schema";
import { type TenantTransaction, withTenant } from "./with-tenant";

/** The tenant whose rows are asked for, and the one that asks; the id of a row in each. */
let theirs: string;
let ours: string;
let theirId: string;
let ourId: string;
beforeEach(() => {
  [theirs, ours] = [makeTenant().tenantId, makeTenant().tenantId];
  [theirId, ourId] = [uuidv7(), uuidv7()];
});

type Row = Record<string, unknown>;
async function rowsOf(tx: TenantTransaction, query: SQL): Promise<Row[]> {
  return ((await tx.execute(query)) as unknown as { rows: Row[] }).rows;
}

describe.each(tenantTables())("$name", (table) => {
  const name = sql.identifier(table.name);
  const hasTheirKey = () =>
    table.key.length > 1
      ? sql`${sql.identifier(table.key.at(-1) ?? "")} = ${theirId}`
      : sql`tenant_id = ${theirs}`;

  /** What is really there for the other tenant. */
  const theirRows = (tx: TenantTransaction) =>
    rowsOf(tx, sql`select * from ${name} where tenant_id = ${theirs}`);
  let before: Row[];
  beforeEach(async () => {
    before = await asSuperuser(async (tx) => {
      await tx.execute(insertRows(table, theirId, theirs));
      return theirRows(tx);
    });
    expect(before).toHaveLength(1);
  });

  /** Whether the tenants' role may make such statements at all. */
  const may = { SELECT: false, UPDATE: false, DELETE: false };
  type Privilege = keyof typeof may;
  beforeAll(async () => {
    const privileges = Object.keys(may) as Privilege[];
    const columns = privileges.map(
      (each) => sql`has_table_privilege('app_user', ${table.name}, ${each}) as ${sql.identifier(each)}`,
    );
    const [given] = await asSuperuser((tx) => rowsOf(tx, sql`select ${sql.join(columns, sql`, `)}`));
    Object.assign(may, given);
    expect(may.SELECT).toBe(true);
  });
  /** Of which tenants the rows are that a statement returns; it is denied where the role may not make such. */
  async function expectTenants(
    tx: TenantTransaction,
    privilege: Privilege,
    statement: SQL,
    tenants: unknown[],
  ): Promise<void> {
    const done = tx.transaction((inner) => rowsOf(inner, statement));
    if (!may[privilege]) return expect(done).rejects.toMatchObject(denied);
    expect((await done).map(({ tenant_id: tenantId }) => tenantId)).toEqual(tenants);
  }

  test("is read of the transaction's tenant only, also by a query that forgets it", async () => {
    await withTenant(ours, async (tx) => {
      await tx.execute(insertRows(table, ourId, ours));
      const reads = (what: SQL, tenants: unknown[]) =>
        expectTenants(tx, "SELECT", sql`select ${what}`, tenants);
      await reads(sql`* from ${name}`, [ours]);
      await reads(sql`* from ${name} where true or tenant_id = ''`, [ours]);
      await reads(sql`tenant_id from ${name} group by tenant_id`, [ours]);
      await reads(sql`one.tenant_id from ${name} one left join ${name} other on true`, [ours]);
      await reads(sql`count(*)::int as tenant_id from ${name}`, [1]);
      await reads(sql`* from ${name} where tenant_id = ${theirs}`, []);
      await reads(sql`* from ${name} where ${hasTheirKey()}`, []);
      await expectTenants(tx, "UPDATE", sql`select * from ${name} for update`, [ours]);
      await expectTenants(tx, "UPDATE", sql`select * from ${name} where ${hasTheirKey()} for update`, []);
    });
  });

  test("is changed of the transaction's tenant only", async () => {
    await withTenant(ours, async (tx) => {
      await tx.execute(insertRows(table, ourId, ours));
      const change = sql`update ${name} set tenant_id = ${ours}`;
      await expectTenants(tx, "UPDATE", sql`${change} returning tenant_id`, [ours]);
      await expectTenants(tx, "UPDATE", sql`${change} where ${hasTheirKey()} returning tenant_id`, []);
    });
    expect(await asSuperuser(theirRows)).toEqual(before);
  });

  test("is deleted from of the transaction's tenant only", async () => {
    await withTenant(ours, async (tx) => {
      await tx.execute(insertRows(table, ourId, ours));
      await expectTenants(
        tx,
        "DELETE",
        sql`delete from ${name} where ${hasTheirKey()} returning tenant_id`,
        [],
      );
      await expectTenants(tx, "DELETE", sql`delete from ${name} returning tenant_id`, [ours]);
    });
    expect(await asSuperuser(theirRows)).toEqual(before);
  });

  const own = () => insertRows(table, ourId, ours);
  const upsert = (id: string, tenantId: string, action: SQL) =>
    sql`${insertRows(table, id, tenantId)} on conflict (${names(table.key)}) do ${action}`;
  const overwrite = sql`update set tenant_id = excluded.tenant_id`;
  test.each<[string, ...(() => SQL)[]]>([
    ["an insert", () => insertRows(table, uuidv7(), theirs)],
    ["an insert among own rows", () => insertRows(table, uuidv7(), ours, theirs)],
    ["moving a row there", own, () => sql`update ${name} set tenant_id = ${theirs}`],
    ["moving a row to no tenant", own, () => sql`update ${name} set tenant_id = ''`],
    ["an upsert on their row", () => upsert(theirId, theirs, overwrite)],
    ["an insert that gives way to their row", () => upsert(theirId, theirs, sql`nothing`)],
    ["a move by upsert", own, () => upsert(ourId, ours, sql`update set tenant_id = ${theirs}`)],
    ["TRUNCATE", () => sql`truncate ${name}`],
    ["switching the policies off", () => sql`alter table ${name} disable row level security`],
    ["dropping the policy", () => sql`drop policy ${sql.identifier(`${table.name}_own_tenant`)} on ${name}`],
  ])("lets nobody write into another tenant: %s", async (_, ...statements) => {
    await withTenant(ours, async (tx) => {
      for (const [index, statement] of statements.entries()) {
        const done = tx.transaction((inner) => inner.execute(statement()));
        if (index < statements.length - 1) await done;
        else await expect(done).rejects.toMatchObject(denied);
      }
    });
    expect(await asSuperuser(theirRows)).toEqual(before);
  });

  test("has the same id in two tenants without a conflict, which would tell that it exists", async () => {
    await withTenant(ours, (tx) => tx.execute(insertRows(table, theirId, ours)));
    expect(await asSuperuser(theirRows)).toEqual(before);
  });

  test.each(["unset", ""])("is empty to the tenants' role while no tenant is set (%j)", async (tenant) => {
    await withDatabase((db) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`set local role app_user`);
        if (tenant !== "unset") await tx.execute(sql`select set_config('app.tenant_id', ${tenant}, true)`);
        await expectTenants(tx, "SELECT", sql`select * from ${name}`, []);
        await expectTenants(tx, "UPDATE", sql`update ${name} set tenant_id = tenant_id returning *`, []);
        await expectTenants(tx, "DELETE", sql`delete from ${name} returning *`, []);
      }),
    );
    expect(await asSuperuser(theirRows)).toEqual(before);
  });

  test("cannot be touched outside withTenant", async () => {
    for (const statement of [
      sql`select from ${name}`,
      sql`update ${name} set tenant_id = ''`,
      sql`delete from ${name}`,
      sql`truncate ${name}`,
      insertRows(table, uuidv7(), theirs),
    ])
      await expect(withDatabase((db) => db.execute(statement))).rejects.toMatchObject(denied);
  });

  test("without its policy would show foreign rows to the same query, as it does to the superuser", async () => {
    const undo = new Error("undo");
    await asSuperuser(async (tx) => {
      await tx.execute(sql`set local app.tenant_id = 'nobody'`);
      const count = async () => (await rowsOf(tx, sql`select from ${name}`)).length;
      const seen = async () => {
        await tx.execute(sql`set local role app_user`);
        const rows = await count();
        await tx.execute(sql`set local role none`);
        return rows;
      };
      expect(await seen()).toBe(0);
      await tx.execute(sql`drop policy ${sql.identifier(`${table.name}_own_tenant`)} on ${name}`);
      expect(await seen()).toBe(0);
      await tx.execute(sql`alter table ${name} disable row level security`);
      expect(await seen()).toBeGreaterThan(0);
      expect(await seen()).toBe(await count());
      throw undo;
    }).catch((error) => {
      if (error !== undo) throw error;
    });
  });
});

test("withTenant refuses to run without a tenant", () => {
  expect(() => withTenant("", async () => "ran")).toThrow("withTenant needs a tenant");
});

test("inside withTenant no session can be touched", async () => {
  for (const table of [sessions, notBefore]) {
    const touching = withTenant(ours, (tx) => tx.select().from(table).limit(1));
    await expect(touching).rejects.toMatchObject(denied);
    await expect(withTenant(ours, (tx) => tx.delete(table))).rejects.toMatchObject(denied);
  }
});

/** A row that somebody could have written. */
const memberCalled = (tenantId: string, username: string) => ({
  tenantId,
  sub: uuidv7(),
  username,
  email: "a@x.example",
  role: "member" as const,
  isOperator: false,
  status: "active" as const,
  createdAt: new Date(),
  updatedAt: new Date(),
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
    await withTenant(theirs, (tx) => tx.insert(members).values(memberCalled(theirs, "theirs")));
    await withTenant(tenantId, async (tx) => {
      expect(await tx.select().from(members)).toEqual([]);
      const query = sql`select current_user as role, current_setting('app.tenant_id') as tenant`;
      expect(await rowsOf(tx, query)).toEqual([{ role: "app_user", tenant: tenantId }]);
    });
  });
  test.each([
    "'; reset role; --",
    "'); delete from members; --",
    "' or '1'='1",
    "\\'; drop table members; --",
  ])("a member called %s is one", async (name) => {
    const [their, our] = [memberCalled(theirs, "theirs"), memberCalled(ours, name)];
    await withTenant(theirs, (tx) => tx.insert(members).values(their));
    await withTenant(ours, async (tx) => {
      await tx.insert(members).values(our);
      expect(await tx.select().from(members).where(eq(members.username, name))).toMatchObject([our]);
      const twice = { username: `${name}${name}` };
      const changed = await tx.update(members).set(twice).where(eq(members.username, name)).returning();
      expect(changed).toMatchObject([twice]);
    });
    const kept = await withTenant(theirs, (tx) => tx.select().from(members));
    expect(kept).toMatchObject([their]);
  });
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
      .select({ tenant: members.tenantId, name: members.username })
      .from(members)
      .where(sql`tenant_id like 'interleaved-%'`),
  );
  const committed = Array.from({ length: 500 }, (_, i) => `interleaved-${2 * i}: member ${2 * i}`);
  expect(stored.map(({ tenant, name }) => `${tenant}: ${name}`).sort()).toEqual(committed.sort());
});

async function workAs(i: number): Promise<void> {
  const tenantId = `interleaved-${i}`;
  const ending = i % 20 === 1 ? "fails" : i % 2 === 1 ? "refuses" : "commits";
  const done = withTenant(tenantId, async (tx) => {
    await tx.insert(members).values(memberCalled(tenantId, `member ${i}`));
    expect((await tx.select().from(members)).map(({ username }) => username)).toEqual([`member ${i}`]);
    if (ending === "refuses") throw new AppError("conflict");
    if (ending === "fails") await tx.execute(sql`select 1 / 0`);
  });
  if (ending === "commits") await done;
  else if (ending === "refuses") await expect(done).rejects.toMatchObject({ code: "conflict" });
  else await expect(done).rejects.toMatchObject({ cause: { code: "22012" } });
  if (i % 10 === 0) {
    await expect(withDatabase((db) => db.select().from(members))).rejects.toMatchObject(denied);
  }
}
