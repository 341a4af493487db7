import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type PostgresServer, startPostgres } from "../../infra/local/postgres";
import { migrateAt, type TestDatabase } from "../../infra/local/postgres-database";
import { makeTenant } from "../../infra/local/testing/tenant";
import { listAudit } from "../audit/list-audit";
import { recordAuditApart } from "../audit/record";
import { databaseSettings } from "../env";
import { closeDatabase, withDatabase } from "./client";
import { isReachable } from "./health";
import { migratePostgres } from "./migrate";
import journal from "./migrations/meta/_journal.json";
import { auditEvents, members } from "./schema";
import { withTenant } from "./with-tenant";

const RECOVERY_MS = 5_000;
/** For what is only a matter of time, on a busy machine too. */
const SOON = { timeout: 15_000 };
const unavailable = { code: "database_unavailable", status: 503, retryAfter: 2 };

/** A server of our own: these tests stop it, and change what logins of the whole server may do. */
let server: PostgresServer;
let db: TestDatabase;
let admin: Client;

beforeAll(async () => {
  const started = await startPostgres();
  if (!started) throw new Error("no PostgreSQL, although findPostgres found one");
  server = started;
  admin = await connect(server.serverUrl());
});
afterAll(() => server.destroy());

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The first test, because it needs a server where no database made the roles yet. */
describe("migrating at once", () => {
  async function emptyDatabase(name: string): Promise<string> {
    await admin.query(`CREATE DATABASE ${name} OWNER maker`);
    const url = new URL(server.serverUrl(name));
    [url.username, url.password] = ["maker", "secret"];
    return url.href;
  }
  async function appliedTo(name: string): Promise<number> {
    const client = await connect(server.serverUrl(name));
    const { rows } = await client.query("select count(*)::int as n from drizzle.__drizzle_migrations");
    await client.end();
    return rows[0].n;
  }
  test("five on one database and one on another of the same server all succeed, and again is harmless", async () => {
    await admin.query("CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'secret'");
    const [one, other] = [await emptyDatabase("one"), await emptyDatabase("other")];
    await Promise.all([one, one, one, one, one, other].map(migrateAt));
    const applied = await appliedTo("one");
    expect(applied).toBe(journal.entries.length);
    expect(await appliedTo("other")).toBe(applied);
    await migrateAt(one);
    expect(await appliedTo("one")).toBe(applied);
  });
});

describe("the login of DATABASE_URL", () => {
  beforeAll(async () => {
    db = await server.createDatabase();
  });

  /** A login with these rights, and the URL to log in with. */
  async function login(name: string, ...rights: string[]): Promise<string> {
    await admin.query(`CREATE ROLE ${name} LOGIN NOINHERIT PASSWORD 'canary'`);
    for (const right of rights) await admin.query(right.replaceAll("$", name));
    const url = new URL(db.appUrl);
    [url.username, url.password] = [name, "canary"];
    return url.href;
  }
  /** Opens the database as a process of its own would: with this URL from the start. */
  async function open(url: string): Promise<void> {
    vi.resetModules();
    vi.stubEnv("DATABASE_URL", url);
    const fresh = await import("./client");
    try {
      await fresh.database();
    } finally {
      await fresh.closeDatabase();
      vi.unstubAllEnvs();
    }
  }
  const roles = "GRANT app_user, app_session TO $";

  test("may be an unprivileged one that was granted both roles", async () => {
    await open(db.appUrl);
    await open(await login("plain", roles));
  });

  test("is made by the migration where it is asked to, and logs in by IAM where the server knows that", async () => {
    await admin.query("CREATE ROLE rds_iam");
    await admin.query(`GRANT rds_iam TO ${new URL(db.ownerUrl).username} WITH ADMIN OPTION`);
    const settings = databaseSettings({ DATABASE_URL: db.ownerUrl, DATABASE_LOGIN: "made" });
    if (settings) for (const _ of ["once", "again"]) await migratePostgres(settings);
    const { rows } = await admin.query(
      "select rolcanlogin, rolinherit, pg_has_role(oid, 'rds_iam', 'member') as iam from pg_roles where rolname = 'made'",
    );
    expect(rows).toEqual([{ rolcanlogin: true, rolinherit: false, iam: true }]);
    await admin.query("ALTER ROLE made PASSWORD 'canary'");
    const url = new URL(db.appUrl);
    [url.username, url.password] = ["made", "canary"];
    await open(url.href);
  });

  test.each<[string, string[]]>([
    ["superuser", ["ALTER ROLE $ SUPERUSER"]],
    ["bypasser", [roles, "ALTER ROLE $ BYPASSRLS"]],
    ["member_of_superuser", [roles, "GRANT postgres TO $"]],
    ["member_in_waiting", [roles, "GRANT postgres TO $", "ALTER ROLE $ NOINHERIT"]],
    [
      "member_of_member",
      [
        roles,
        "CREATE ROLE $_group BYPASSRLS",
        "CREATE ROLE $_mid",
        "GRANT $_group TO $_mid",
        "GRANT $_mid TO $",
      ],
    ],
  ])("may not be %s: no policy would bind it", async (name, rights) => {
    const url = await login(name, ...rights);
    const opened = open(url);
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(
      `DATABASE_URL logs in as ${name}, which is not subject to row-level security. ` +
        "Use an unprivileged login that was granted app_user and app_session.",
    );
    await expect(opened).rejects.not.toThrow("canary");
  });

  test.each<[string, string[], RegExp]>([
    ["maker_of_roles", [roles, "ALTER ROLE $ CREATEROLE"], /may create roles/],
    ["member_of_maker", [roles, "CREATE ROLE $_hr CREATEROLE", "GRANT $_hr TO $"], /may create roles/],
    ["replicator", [roles, "ALTER ROLE $ REPLICATION"], /not subject to row-level security/],
    ["program_runner", [roles, "GRANT pg_execute_server_program TO $"], /not subject to row-level security/],
    [
      "maintainer",
      [roles, "GRANT app_maintenance TO $", "ALTER ROLE $ NOINHERIT"],
      /may become app_maintenance and see the rows of all tenants/,
    ],
    [
      "member_of_maintainer",
      [roles, "CREATE ROLE $_dba", "GRANT app_maintenance TO $_dba", "GRANT $_dba TO $"],
      /may become app_maintenance/,
    ],
    ["file_reader", [roles, "GRANT pg_read_server_files TO $"], /not subject to row-level security/],
  ])("may not be %s: it could give itself every right", async (name, rights, why) => {
    const opened = open(await login(name, ...rights));
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(why);
  });

  test.each<[string, string, RegExp]>([
    ["owner_of_a_table", "ALTER TABLE audit_events OWNER TO $", /owns the table audit_events/],
    ["owner_of_sessions", "ALTER TABLE sessions OWNER TO $", /owns the table sessions/],
    ["owner_of_the_schema", "ALTER SCHEMA public OWNER TO $", /owns the schema public/],
    ["owner_of_migrations", "ALTER SCHEMA drizzle OWNER TO $", /owns the schema drizzle/],
    ["owner_of_the_database", 'ALTER DATABASE "@" OWNER TO $', /owns the (schema public|database)/],
    ["member_of_owner", 'GRANT "@_owner" TO $', /may create roles/],
    [
      "member_of_plain_owner",
      "CREATE ROLE $_plain; ALTER TABLE members OWNER TO $_plain; GRANT $_plain TO $",
      /owns the table members/,
    ],
  ])("may not be %s: it could switch the policies off", async (name, ownership, why) => {
    const apart = await server.createDatabase();
    const url = new URL(await login(name, roles));
    url.pathname = `/${apart.name}`;
    const inside = await connect(server.serverUrl(apart.name));
    await inside.query(ownership.replaceAll("$", name).replaceAll("@", apart.name));
    await inside.end();
    const opened = open(url.href);
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(why);
    await expect(opened).rejects.toThrow(
      "Use an unprivileged login that was granted app_user and app_session.",
    );
  });

  test.each<[string, RegExp, (url: URL) => void]>([
    [
      "a wrong password",
      /password authentication failed/,
      (url) => Object.assign(url, { password: "wrong-canary" }),
    ],
    ["a login that there is not", /./, (url) => Object.assign(url, { username: "nobody_here" })],
    [
      "another database",
      /database "no_such_place" does not exist/,
      (url) => Object.assign(url, { pathname: "/no_such_place" }),
    ],
    [
      "TLS that the server does not speak",
      /cannot be encrypted as it asks/,
      (url) => url.searchParams.set("sslmode", "verify-full"),
    ],
    [
      "a certificate that is not there",
      /names a file that cannot be read/,
      (url) => {
        url.searchParams.set("sslmode", "verify-full");
        url.searchParams.set("sslrootcert", "/no/such/ca.pem");
      },
    ],
  ])("is told in one sentence what is wrong with it: %s", async (_, why, spoil) => {
    const url = new URL(db.appUrl);
    const { password } = url;
    spoil(url);
    const error: Error = await open(url.href).catch((each) => each);
    expect(error).toMatchObject({ name: "UnfitDatabaseError" });
    expect(error.message).toMatch(why);
    expect(error.message).not.toMatch(/canary|\n/);
    expect(error.message).not.toContain(password);
  });

  test.each<[string, string, RegExp]>([
    [
      "that is not migrated",
      "DROP TABLE audit_events CASCADE",
      /not migrated: audit_events .* npm run db:migrate/,
    ],
    ["with a column too few", "ALTER TABLE members DROP COLUMN username CASCADE", /not migrated: members/],
    [
      "without the rights of the roles",
      "REVOKE ALL ON sessions FROM app_session, app_user",
      /not migrated: sessions/,
    ],
    [
      "that is empty",
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC",
      /not migrated/,
    ],
  ])(
    "to a database %s is refused at the start, and health says so in one that runs",
    async (_, change, why) => {
      const apart = await server.createDatabase();
      vi.resetModules();
      vi.stubEnv("DATABASE_URL", apart.appUrl);
      const fresh = await import("./client");
      const { isReachable: isFit } = await import("./health");
      expect(await isFit()).toBe(true);
      const inside = await connect(server.serverUrl(apart.name));
      await inside.query(change);
      await inside.end();
      expect(await isFit()).toBe(false);
      await fresh.closeDatabase();
      const opened = open(apart.appUrl);
      await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
      await expect(opened).rejects.toThrow(why);
    },
  );

  test("to a database that became unfit while it was away is 503 for a request, not 500", async () => {
    const apart = await server.createDatabase();
    await admin.query(`ALTER ROLE "${new URL(apart.appUrl).username}" CREATEROLE`);
    vi.resetModules();
    vi.stubEnv("DATABASE_URL", apart.appUrl);
    const fresh = await import("./client");
    await expect(fresh.withDatabase((each) => each.execute(sql`select 1`))).rejects.toMatchObject(
      unavailable,
    );
    await admin.query(`ALTER ROLE "${new URL(apart.appUrl).username}" NOCREATEROLE`);
    await fresh.withDatabase((each) => each.execute(sql`select 1`));
    await fresh.closeDatabase();
    vi.unstubAllEnvs();
  });

  test.each(["LATIN1", "SQL_ASCII"])(
    "to a database encoded in %s is refused, and so is migrating one",
    async (encoding) => {
      const name = `enc_${encoding.toLowerCase()}`;
      await admin.query(`CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
      await expect(migrateAt(server.serverUrl(name))).rejects.toThrow(`encoded in ${encoding}`);
      const url = new URL(db.appUrl);
      url.pathname = `/${name}`;
      await expect(open(url.href)).rejects.toThrow(`encoded in ${encoding}`);
    },
  );

  test.each<[string, string[]]>([
    ["heir", [roles, "ALTER ROLE $ INHERIT"]],
    ["reader", [roles, "GRANT SELECT (sub) ON sessions TO $"]],
    ["heir_of_housekeeping", [roles, "ALTER ROLE $ INHERIT", "GRANT app_housekeeping TO $"]],
  ])("may not be %s: a query that forgot its role would be answered", async (name, rights) => {
    const inside = await connect(server.serverUrl(db.name));
    const url = await login(name);
    for (const right of rights) await inside.query(right.replaceAll("$", name));
    const opened = open(url);
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(/may use \w+ without becoming a role .*NOINHERIT/);
    await inside.query(`DROP OWNED BY ${name}`);
    await inside.end();
  });

  test("can do nothing but become a role of the application", async () => {
    const client = await connect(db.appUrl);
    for (const table of ["sessions", "members", "tenants", "drizzle.__drizzle_migrations"]) {
      await expect(client.query(`select from ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    await client.query("set role app_session");
    await client.query("select from sessions");
    await client.end();
  });

  test("a server without ICU is told apart before anything is migrated", async () => {
    await admin.query("CREATE DATABASE without_icu TEMPLATE template0");
    const inside = await connect(server.serverUrl("without_icu"));
    await inside.query("DELETE FROM pg_collation WHERE collname = 'und-x-icu'");
    await expect(migrateAt(server.serverUrl("without_icu"))).rejects.toThrow("built without ICU");
    const { rows } = await inside.query("select to_regclass('members') as members");
    expect(rows).toEqual([{ members: null }]);
    await inside.end();
  });

  test.each<[string, string[]]>([
    ["without_roles", []],
    ["with_one_role", ["GRANT app_session TO $"]],
    ["with_the_other_role", ["GRANT app_user TO $"]],
  ])("is told what to do when it is %s", async (name, rights) => {
    const opened = open(await login(name, ...rights));
    await expect(opened).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await expect(opened).rejects.toThrow(
      /npm run db:migrate, then GRANT app_user, app_session, app_housekeeping TO the login/,
    );
  });

  test("that a refusal concerns is not remembered: after the grant it gets in", async () => {
    const url = await login("late");
    await expect(open(url)).rejects.toMatchObject({ name: "UnfitDatabaseError" });
    await admin.query("GRANT app_user, app_session TO late");
    await open(url);
  });

  test("to a server that accepts and never answers is given up on after 5 s", async () => {
    let reached: number | undefined;
    const silent = createServer(() => {
      reached ??= performance.now();
    }).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    await expect(open(`postgres://a:b@127.0.0.1:${port}/c`)).rejects.toMatchObject(unavailable);
    expect(performance.now() - (reached ?? Number.NaN)).toBeLessThan(7_500);
    silent.close();
  });
});

describe("a database in use", () => {
  const tenant = makeTenant();
  beforeAll(async () => {
    db = await server.createDatabase();
    process.env.DATABASE_URL = db.appUrl;
    await recordAuditApart(tenant, { action: "member.invited" });
  });
  afterAll(closeDatabase);

  test("stepping out of the tenants' role leads to no rows of others", async () => {
    for (const step of ["reset role", "set local role none", "reset all"]) {
      await withTenant("somebody-else", async (tx) => {
        await tx.execute(sql.raw(step));
        const rows = await tx
          .transaction((inner) => inner.select().from(auditEvents))
          .catch(({ cause }) => cause.code);
        expect([[], "42501"]).toContainEqual(rows);
      });
    }
  });

  test("a statement that takes too long is broken off after 5 s, as unavailable", async () => {
    const started = performance.now();
    await expect(withDatabase((each) => each.execute(sql`select pg_sleep(20)`))).rejects.toMatchObject(
      unavailable,
    );
    expect(performance.now() - started).toBeLessThan(6_500);
  });

  /** Writes a member and an entry of the record in one transaction, over and over, until told to stop; counts what was said. */
  function startWriting(tenantId: string) {
    const acknowledged: string[] = [];
    const refusals: unknown[] = [];
    let goesOn = true;
    const write = async () => {
      while (goesOn) {
        const id = uuidv7();
        const times = { createdAt: new Date(), updatedAt: new Date() };
        const member = { tenantId, sub: id, username: "pair", email: "pair@x.example", ...times };
        const what = { role: "member", isOperator: false, status: "active" } as const;
        const entry = { tenantId, id, action: "x.done", outcome: "done", detail: {} } as const;
        try {
          await withTenant(tenantId, async (tx) => {
            await tx.insert(members).values({ ...member, ...what });
            await tx.insert(auditEvents).values({ ...entry, createdAt: new Date() });
          });
          acknowledged.push(id);
        } catch (error) {
          refusals.push(error);
          await sleep(20);
        }
      }
    };
    const done = Promise.all(Array.from({ length: 8 }, write));
    return {
      acknowledged,
      refusals,
      stop: async () => {
        goesOn = false;
        await done;
      },
    };
  }

  test.each(["fast", "immediate"] as const)(
    "that is stopped (%s) and started: 503 in between, back by itself within 5 s, nothing lost and no half writes",
    async (mode) => {
      const { tenantId } = makeTenant();
      const writing = startWriting(tenantId);
      await vi.waitUntil(() => writing.acknowledged.length > 50, SOON);
      await server.stop(mode);
      await vi.waitUntil(() => writing.refusals.length > 20, SOON);
      expect(await isReachable()).toBe(false);
      const before = writing.acknowledged.length;
      await server.start();
      const started = performance.now();
      await vi.waitUntil(() => writing.acknowledged.length > before + 50, { timeout: RECOVERY_MS });
      expect(performance.now() - started).toBeLessThan(RECOVERY_MS);
      expect(await isReachable()).toBe(true);
      await writing.stop();

      await occupyAllConnections();

      for (const refusal of writing.refusals) expect(refusal).toMatchObject(unavailable);
      const stored = await withTenant(tenantId, async (tx) => ({
        members: (await tx.select({ id: members.sub }).from(members)).map(({ id }) => id).sort(),
        entries: (await tx.select({ id: auditEvents.id }).from(auditEvents)).map(({ id }) => id).sort(),
      }));
      expect(stored.members).toEqual(stored.entries);
      expect(stored.members).toEqual(expect.arrayContaining(writing.acknowledged));
      admin = await connect(server.serverUrl());
    },
  );

  /** Ten transactions that end only once all ten have begun: a connection that was never given back would be missing. */
  async function occupyAllConnections(): Promise<void> {
    let inside = 0;
    let open = () => {};
    const allInside = new Promise<void>((resolve) => {
      open = resolve;
    });
    const transaction = () =>
      withTenant(tenant.tenantId, async () => {
        inside += 1;
        if (inside === 10) open();
        await allInside;
      });
    await Promise.all(Array.from({ length: 10 }, () => transaction())).finally(open);
  }

  test("that is away when it is first asked for is found when it is back", async () => {
    await closeDatabase();
    await server.stop();
    await expect(listAudit(tenant, { limit: 100 })).rejects.toMatchObject(unavailable);
    expect(await isReachable()).toBe(false);
    await server.start();
    expect((await listAudit(tenant, { limit: 100 })).rows).toHaveLength(1);
  });
});

afterEach(() => vi.unstubAllEnvs());
