import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest";
import type { TestDatabase } from "../../infra/local/postgres-database";
import { createDatabase } from "../../infra/local/postgres-database";
import {
  hasPgbouncer,
  type Pgbouncer,
  type PoolMode,
  startPgbouncer,
} from "../../infra/local/testing/pgbouncer";

const isMissing = !hasPgbouncer();
if (isMissing) process.stdout.write("skipped: the database behind a pooler, because there is no pgbouncer\n");
const POOLED = 4;
const RECOVERY_MS = 10_000;
const SOON_MS = 15_000;
const unavailable = { code: "database_unavailable", status: 503 };

let database: TestDatabase;
let admin: Client;
let pooler: Pgbouncer;
const superuserUrl = () => inject("postgresUrl");

beforeAll(async () => {
  database = await createDatabase(
    (name = "postgres") => Object.assign(new URL(superuserUrl()), { pathname: `/${name}` }).href,
  );
  admin = new Client({ connectionString: superuserUrl() });
  await admin.connect();
});
afterAll(() => admin.end());

type Instance = {
  db: typeof import("./client");
  tenants: typeof import("./with-tenant");
  notices: typeof import("./tenant-notices");
};

/** An application of its own with these settings, as far as one process can have several: one after the other. */
async function start(settings: Record<string, string>): Promise<Instance> {
  vi.resetModules();
  for (const name of ["sekishoDatabase", "sekishoOutage", "sekishoNotices"]) {
    Reflect.deleteProperty(globalThis, name);
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const [db, tenants, notices] = [
    await import("./client"),
    await import("./with-tenant"),
    await import("./tenant-notices"),
  ];
  return { db, tenants, notices };
}
let instance: Instance;
afterEach(async () => {
  instance.notices.unsubscribeAll();
  await instance.db.closeDatabase();
  vi.unstubAllEnvs();
  await pooler.destroy();
});

/** Through a pooler of this mode. */
async function pooled(mode: PoolMode, settings: Record<string, string> = {}): Promise<Instance> {
  pooler = await startPgbouncer(superuserUrl(), mode, POOLED);
  instance = await start({ DATABASE_URL: pooler.through(database.appUrl), ...settings });
  return instance;
}

const connectionsOfTheLogin = async () => {
  const login = new URL(database.appUrl).username;
  const { rows } = await admin.query("select state from pg_stat_activity where usename = $1", [login]);
  return rows as { state: string }[];
};

describe.skipIf(isMissing).each(["session", "transaction"] as const)("behind a pooler in %s mode", (mode) => {
  const settings = { DATABASE_POOLER: mode, DATABASE_POOL_SIZE: mode === "session" ? "3" : "20" };

  test("transactions have the role, the tenant and the limits that they set, and nothing of others'", async () => {
    const { db, tenants } = await pooled(mode, { ...settings, DATABASE_QUERY_SECONDS: "7" });
    const look = sql`select current_user as role, current_setting('app.tenant_id', true) as tenant,
      current_setting('statement_timeout') as "limit"`;
    const ofTenant = (tenant: string) =>
      tenants.withTenant(tenant, async (tx) => (await tx.execute(look)) as unknown as { rows: unknown[] });
    const ofNone = () =>
      db.withDatabase(async (each) => (await each.execute(look)) as unknown as { rows: unknown[] });
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const tenant = `tenant-${index % 7}`;
        const [own, none] = await Promise.all([ofTenant(tenant), ofNone()]);
        expect(own.rows).toEqual([{ role: "app_user", tenant, limit: "7s" }]);
        expect(none.rows).toEqual([
          { role: "app_session", tenant: expect.toSatisfy((it) => !it), limit: "7s" },
        ]);
      }),
    );
    const held = await connectionsOfTheLogin();
    expect(held.length).toBeLessThanOrEqual(POOLED);
    expect(held.filter(({ state }) => state !== "idle")).toEqual([]);
  });

  test("what fails in the middle leaves the connection clean", async () => {
    const { db, tenants } = await pooled(mode, settings);
    for (let round = 0; round < 10; round++) {
      const broken = tenants.withTenant("acme", (tx) =>
        Promise.all([tx.execute(sql`select 1`), tx.execute(sql`select 1 / 0`), tx.execute(sql`select 2`)]),
      );
      await expect(broken).rejects.toMatchObject({ cause: { code: "22012" } });
      await expect(db.withDatabase((each) => each.execute(sql`select 1 / 0`))).rejects.toThrow();
    }
    await db.withDatabase((each) => each.execute(sql`select 1`));
    expect((await connectionsOfTheLogin()).filter(({ state }) => state !== "idle")).toEqual([]);
  });

  test("a pooler that is killed is 503, and what is asked is served within 10 s of its return", async () => {
    const { db, tenants } = await pooled(mode, settings);
    const failed: unknown[] = [];
    let served = 0;
    let isOver = false;
    const callers = Array.from({ length: 10 }, async () => {
      while (!isOver) {
        await tenants
          .withTenant("acme", (tx) => tx.execute(sql`select pg_sleep(0.01)`))
          .then(
            () => served++,
            (error) => failed.push(error),
          );
      }
    });
    await vi.waitUntil(() => served > 50, SOON_MS);
    await pooler.kill();
    await vi.waitUntil(() => failed.length > 20, SOON_MS);
    await pooler.start();
    const [back, before] = [performance.now(), served];
    await vi.waitUntil(() => served > before + 20, RECOVERY_MS);
    expect(performance.now() - back).toBeLessThan(RECOVERY_MS);
    isOver = true;
    await Promise.all(callers);
    for (const error of failed) expect(error).toMatchObject(unavailable);
    await db.closeDatabase();
    await pooler.kill();
    await vi.waitUntil(async () => (await connectionsOfTheLogin()).length === 0, SOON_MS);
  });
});

describe.skipIf(isMissing)("what instances tell each other behind a pooler", () => {
  /** Another instance's change, made past this process. */
  async function tellFromElsewhere(tenantId: string, id: string): Promise<void> {
    const other = new Client({ connectionString: database.appUrl });
    await other.connect();
    await other.query("begin");
    await other.query("select set_config('role', 'app_user', true)");
    const payload = JSON.stringify({ tenant: tenantId, topic: "rows", ids: [id] });
    await other.query("select pg_notify('sekisho_notices', $1), keep_notice($1)", [payload]);
    await other.query("commit");
    await other.end();
  }

  test.each<[string, PoolMode, () => Record<string, string>]>([
    ["by listening, in session mode", "session", () => ({})],
    ["by looking, in transaction mode", "transaction", () => ({ DATABASE_POOLER: "transaction" })],
    [
      "by listening past it, in transaction mode",
      "transaction",
      () => ({ DATABASE_POOLER: "transaction", DATABASE_LISTEN_URL: database.appUrl }),
    ],
  ])("is heard %s", async (_, mode, settings) => {
    const { notices } = await pooled(mode, settings());
    const tenantId = `tenant-${randomUUID()}`;
    const inbox = notices.subscribe(tenantId, "rows", "somebody");
    while (!(await inbox.next(SOON_MS)).isLive);
    for (const id of ["one", "two", "three"]) {
      await tellFromElsewhere(tenantId, id);
      expect(await inbox.next(SOON_MS)).toEqual({ ids: [id], isLive: true, hasGap: false });
    }
  });

  test("is never heard by who listens through one in transaction mode: they are told so, and the log says why", async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const { notices } = await pooled("transaction");
    const inbox = notices.subscribe("acme", "rows", "somebody");
    const words = /database.listening_refused.*DATABASE_POOLER, DATABASE_LISTEN_URL/;
    await vi.waitUntil(() => words.test(String(said.mock.calls)), SOON_MS);
    expect(await inbox.next(0)).toMatchObject({ isLive: false });
    expect(notices.areNoticesHeard()).toBe(false);
    said.mockRestore();
  });

  test("is not heard while the way of requests is away, also where one listens past it, and then again", async () => {
    const { notices } = await pooled("transaction", {
      DATABASE_POOLER: "transaction",
      DATABASE_LISTEN_URL: database.appUrl,
    });
    const inbox = notices.subscribe("acme", "rows", "somebody");
    while (!(await inbox.next(SOON_MS)).isLive);
    await pooler.kill();
    while ((await inbox.next(2 * SOON_MS)).isLive);
    await pooler.start();
    while (!(await inbox.next(2 * SOON_MS)).isLive);
  });

  test("is heard also of a transaction that began earlier and ended later than another", async () => {
    const { notices } = await pooled("transaction", { DATABASE_POOLER: "transaction" });
    const inbox = notices.subscribe("acme", "rows", "somebody");
    while (!(await inbox.next(SOON_MS)).isLive);
    const slow = new Client({ connectionString: database.appUrl });
    await slow.connect();
    await slow.query("begin");
    await slow.query("select set_config('role', 'app_user', true)");
    await slow.query(`select keep_notice('{"tenant":"acme","topic":"rows","ids":["slow"]}')`);
    await tellFromElsewhere("acme", "quick");
    expect((await inbox.next(SOON_MS)).ids).toEqual(["quick"]);
    await slow.query("commit");
    await slow.end();
    expect((await inbox.next(SOON_MS)).ids).toEqual(["slow"]);
  });

  test("costs one look a second along an index, and keeps no row where nobody looks", async () => {
    const { notices } = await pooled("session");
    await admin.query("select 1");
    const inside = new Client({ connectionString: database.superuserUrl });
    await inside.connect();
    await inside.query("delete from notice_readers; delete from notices");
    await tellFromElsewhere("acme", "unread");
    expect((await inside.query("select from notices")).rowCount).toBe(0);
    await inside.query(
      "insert into notices (payload, said_by) select '', n::text::xid8 from generate_series(1, 20000) n",
    );
    await inside.query("analyze notices");
    const { rows } = await inside.query("explain select id from notices where said_by >= $1::xid8", [
      "19990",
    ]);
    expect(JSON.stringify(rows)).toContain("notices_by_transaction");
    await inside.query("delete from notices");
    await inside.end();
    expect(notices.areNoticesHeard()).toBe(true);
  });
});

test.skipIf(isMissing)("a pooler that hands out single statements is refused in one sentence", async () => {
  const { db } = await pooled("statement");
  await expect(db.database()).rejects.toMatchObject({
    name: "UnfitDatabaseError",
    message: expect.stringMatching(/pool_mode/),
  });
});
