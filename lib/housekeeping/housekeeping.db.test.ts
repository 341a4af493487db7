import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { denied } from "../../infra/local/testing/denied";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { insertRows, tenantTables } from "../../infra/local/testing/tenant-tables";
import { withDatabase } from "../db/client";
import type { TableEnd } from "../db/table-end";
import type { TenantTransaction } from "../db/with-tenant";
import { AppError } from "../errors";
import { tableEnds } from "./ends";
import { doChores, keepHouse } from "./housekeeping";

const ends = await tableEnds();
const byTime = ends.filter(({ by }) => by !== "use");
const endsByTime = new Set(byTime.map(({ table }) => getTableName(table)));
const isTenants = ({ table }: TableEnd) => "tenantId" in getTableColumns(table);
/** So that a feature that keeps what people resolved for good is seen to delete it: as short as each allows. */
const retention = Object.fromEntries(
  ends.flatMap((end) => (end.by === "setting" ? [[getTableName(end.table), String(end.days.least)]] : [])),
);

beforeEach(() =>
  asSuperuser(async (tx) => {
    for (const { table } of ends) await tx.execute(sql`delete from ${table}`);
  }),
);

/** Rows of each table whose rows end by time, for two tenants where they are tenants', all of their times at `at`. */
async function fill(tx: TenantTransaction, at: SQL, number = 1): Promise<void> {
  for (let each = 0; each < number; each++) {
    for (const table of tenantTables().filter(({ name }) => endsByTime.has(name)))
      await tx.execute(insertRows(table, uuidv7(), "one", "other"));
    const id = uuidv7();
    await tx.execute(
      sql`insert into sessions select ${id}, 's', 'u', 'x', now(), now(), now(), now(), 'server', 'a', 'b'`,
    );
    await tx.execute(sql`insert into known_devices values (${id}, 'd', now(), now())`);
    await tx.execute(sql`insert into known_callers values (${id}, 'm', now())`);
    await tx.execute(sql`insert into rate_limits values (${id}, 1, 0)`);
    await tx.execute(sql`insert into not_before (sub, issued_after) values (${id}, 0)`);
    await tx.execute(sql`insert into sign_ins values (${id}, 'i', 1, now())`);
    await tx.execute(sql`insert into notices (payload) values ('')`);
    await tx.execute(sql`insert into notice_readers values (${id}, now())`);
  }
  for (const { table } of byTime) {
    const columns = Object.values(getTableColumns(table));
    const set = columns.flatMap(({ name, columnType }) => {
      if (columnType === "PgTimestamp" && name !== "finish_after")
        return [sql`${sql.identifier(name)} = ${at}`];
      if (name === "expire") return [sql`expire = extract(epoch from ${at}) * 1000`];
      if (name === "issued_after") return [sql`issued_after = extract(epoch from ${at})`];
      return name === "status" ? [sql`status = 'resolved'`] : [];
    });
    await tx.execute(sql`update ${table} set ${sql.join(set, sql`, `)}`);
  }
}

async function counts(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  await asSuperuser(async (tx) => {
    for (const { table } of byTime) {
      const { rows } = (await tx.execute(sql`select count(*)::int as n from ${table}`)) as unknown as {
        rows: { n: number }[];
      };
      counted[getTableName(table)] = rows[0]?.n ?? 0;
    }
  });
  return counted;
}

const LONG_AGO = sql`now() - interval '20 years'`;
const SOON = sql`now() + interval '1 hour'`;
const each = (number: number) =>
  Object.fromEntries(byTime.map((end) => [getTableName(end.table), isTenants(end) ? 2 * number : number]));

test("what is past its time goes, of every table and every tenant, and nothing else", async () => {
  await asSuperuser((tx) => fill(tx, LONG_AGO, 3));
  expect(await counts()).toEqual(each(3));
  expect(await keepHouse({ retention })).toEqual({ deleted: each(3), left: [] });
  expect(await counts()).toEqual(each(0));

  await asSuperuser((tx) => fill(tx, SOON));
  expect(await keepHouse({ retention })).toEqual({ deleted: {}, left: [] });
  expect(await counts()).toEqual(each(1));
});

test("what has no time of its own is kept unless a setting says for how long", async () => {
  await asSuperuser((tx) => fill(tx, LONG_AGO));
  await keepHouse({ retention: {} });
  const kept = byTime.filter((end) => end.by === "setting" && end.days.otherwise === null);
  expect(kept.map(({ table }) => getTableName(table))).toContain("audit_events");
  const left = Object.entries(await counts()).filter(([, count]) => count > 0);
  expect(left.map(([name]) => name).sort()).toEqual(kept.map(({ table }) => getTableName(table)).sort());
});

test("a run takes small steps and a bounded number of them, and the next one goes on", async () => {
  await asSuperuser((tx) => fill(tx, LONG_AGO, 5));
  const swept = await keepHouse({ retention, rows: 2, steps: 2 });
  expect(swept?.left.sort()).toEqual(Object.keys(each(0)).sort());
  expect(new Set(Object.values(swept?.deleted ?? {}))).toEqual(new Set([4]));
  await keepHouse({ retention });
  expect(await counts()).toEqual(each(0));
});

test("housekeeping sees nothing that is not past its time, and changes nothing", async () => {
  await asSuperuser((tx) => fill(tx, SOON));
  for (const { table } of byTime.filter(isTenants)) {
    await withDatabase((db) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('role', 'app_housekeeping', true)`);
        const ask = async (query: SQL) => ((await tx.execute(query)) as unknown as { rows: unknown[] }).rows;
        expect(await ask(sql`select 1 from ${table}`)).toEqual([]);
        expect(await ask(sql`delete from ${table} returning 1`)).toEqual([]);
        const change = tx.transaction((inner) => inner.execute(sql`update ${table} set tenant_id = 'one'`));
        await expect(change).rejects.toMatchObject(denied);
      }),
    );
  }
  expect(await counts()).toEqual(each(1));
});

test("a session that is used while its row is being looked at stays", async () => {
  await asSuperuser((tx) => fill(tx, LONG_AGO));
  await asSuperuser((tx) => tx.execute(sql`update sessions set created_at = now(), last_seen_at = now()`));
  await keepHouse({ retention });
  expect((await counts()).sessions).toBe(1);
});

test("what a feature cannot look after now keeps no other one from it", async () => {
  const done: string[] = [];
  const away = async () => {
    throw new AppError("cognito_unavailable");
  };
  await doChores([
    { name: "away", chore: away },
    { name: "none" },
    { name: "there", chore: async () => void done.push("there") },
  ]);
  expect(done).toEqual(["there"]);
});

if (process.env.DATABASE_URL) {
  test("while one process is at it, no other one is", async () => {
    await asSuperuser((tx) => fill(tx, LONG_AGO));
    await asSuperuser(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7365108)`);
      expect(await keepHouse({ retention })).toBeNull();
    });
    expect(await counts()).toEqual(each(1));
    expect(await keepHouse({ retention })).not.toBeNull();
  });
}
