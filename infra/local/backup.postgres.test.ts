import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "./postgres";
import { ARCHIVE, findPostgres } from "./postgres-programs";
import { makeAuthority } from "./testing/certificates";
import { runCommandFile } from "./testing/run-command";
import { asSuperuser } from "./testing/superuser";
import { insertRows, tenantTables } from "./testing/tenant-tables";

const folder = mkdtempSync(join(tmpdir(), "sekisho-backup-"));
const file = join(folder, "backup");
const { TEST_DATABASE_OWNER_URL: ownerUrl = "", TEST_DATABASE_SUPERUSER_URL: superuserUrl = "" } =
  process.env;
let admin: Client;

beforeAll(async () => {
  admin = await connect(superuserUrl);
  await asSuperuser(async (tx) => {
    for (const table of tenantTables()) await tx.execute(insertRows(table, uuidv7(), "acme", "globex"));
    for (const id of ["acme", "globex"]) {
      await tx.execute(
        sql`insert into tenants (id, name, created_at) values (${id}, ${"two\nlines\\."}, now())`,
      );
    }
    await tx.execute(sql`select nextval('access_order')`);
  });
});
afterAll(async () => {
  await admin.end();
  rmSync(folder, { recursive: true });
});

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
/** The same server and login, another database. */
const at = (url: string, database: string) => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};
let made = 0;
/** A new database of the owner. */
async function emptyDatabase(): Promise<string> {
  made += 1;
  const name = `restored_${process.pid}_${made}`;
  await admin.query(`CREATE DATABASE ${name} OWNER "${new URL(ownerUrl).username}"`);
  return name;
}
const back = (command: "backup" | "restore", path: string, url = ownerUrl) =>
  runCommandFile(`${command}.ts`, [path], { DATABASE_URL: url });

/** What a database holds for its superuser, whom no policy binds. */
async function contents(database: string) {
  const client = await connect(at(superuserUrl, database));
  const { rows: tables } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle')",
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    rows[name] = (await client.query(`select to_jsonb(t)::text as row from ${name} t order by 1`)).rows;
  }
  const { rows: policies } = await client.query(
    "select tablename, policyname, roles, qual, with_check from pg_policies order by 1, 2",
  );
  const { rows: rights } = await client.query(
    `select c.oid::regclass::text as name, relrowsecurity, relforcerowsecurity,
       array(select each::text from unnest(relacl) each order by 1) as acl
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1`,
  );
  const { rows: order } = await client.query("select last_value, is_called from access_order");
  await client.end();
  return { rows, policies, rights, order };
}
const name = () => new URL(ownerUrl).pathname.slice(1);
async function tablesIn(database: string): Promise<unknown[]> {
  const client = await connect(at(superuserUrl, database));
  const { rows } = await client.query("select from pg_tables where schemaname in ('public', 'drizzle')");
  await client.end();
  return rows;
}

describe("a backup by the owner", () => {
  beforeAll(async () => {
    expect(await back("backup", file)).toMatchObject({ code: 0, output: expect.stringContaining("rows of") });
  });

  test("brings all tenants' rows back, with policies and rights, and is for nobody else to read", async () => {
    const database = await emptyDatabase();
    const restored = await back("restore", file, at(ownerUrl, database));
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining("as many of each") });
    const [before, after] = [await contents(name()), await contents(database)];
    expect(before.rows["public.audit_events"]).toHaveLength(2);
    expect(after).toEqual(before);
    for (const path of [file, `${file}.rows.json`]) expect(statSync(path).mode & 0o077).toBe(0);

    // A tenant sees its own row of them.
    const client = await connect(at(process.env.DATABASE_URL ?? "", database));
    await client.query("begin; set local role app_user; set local app.tenant_id = 'acme'");
    expect((await client.query("select tenant_id from members")).rows).toEqual([{ tenant_id: "acme" }]);
    await client.end();
  });

  test("is restored into an empty database only", async () => {
    const { code, output } = await back("restore", file);
    expect(code).toBe(1);
    expect(output).toMatch(/^The database has the table \S+ already: make an empty one to restore into\.\n$/);
  });

  test("is not written over another one", async () => {
    expect(await back("backup", file)).toEqual({ code: 1, output: `${file} is there already.\n` });
  });

  describe("that is not whole", () => {
    const broken = join(folder, "broken");
    const program = (programName: string) => {
      const found = findPostgres(undefined, ARCHIVE);
      if ("missing" in found) throw new Error(found.missing);
      return join(found.folder, programName);
    };
    test.each<[string, () => void, RegExp]>([
      [
        "is cut off",
        () => {
          writeFileSync(broken, readFileSync(file));
          truncateSync(broken, statSync(file).size - 2_000);
        },
        /^pg_restore failed\. .*end of file/,
      ],
      [
        "was made by the owner in no role, and so has no rows",
        () => {
          rmSync(broken);
          execFileSync(program("pg_dump"), ["-Fc", "--enable-row-security", `--file=${broken}`, ownerUrl]);
        },
        /^Nothing was restored, because the archive is not whole: public\.account_notices has 0 rows, and 2 were saved\.\n$/,
      ],
      [
        "lacks a table",
        () => {
          rmSync(broken);
          execFileSync(program("pg_dump"), [
            "-Fc",
            "--exclude-table=members",
            `--file=${broken}`,
            superuserUrl,
          ]);
        },
        /public\.members has no table, and so no rows, and 2 were saved/,
      ],
      [
        "comes without its numbers",
        () => rmSync(`${broken}.rows.json`),
        /^\S+broken\.rows\.json, which says how many rows were saved, cannot be read: ENOENT/,
      ],
    ])("because it %s is noticed before anything is restored", async (_, spoil, why) => {
      writeFileSync(`${broken}.rows.json`, readFileSync(`${file}.rows.json`));
      spoil();
      const database = await emptyDatabase();
      const { code, output } = await back("restore", broken, at(ownerUrl, database));
      expect(code).toBe(1);
      expect(output).toMatch(why);
      expect(await tablesIn(database)).toEqual([]);
    });
  });
});

test("a table whose rows the role may not all see is no part of a backup that looks whole: there is none", async () => {
  await admin.query("ALTER POLICY members_of_all_tenants ON members USING (tenant_id = 'acme')");
  const { code, output } = await back("backup", join(folder, "hiding"));
  await admin.query(
    "ALTER POLICY members_of_all_tenants ON members USING (current_user = 'app_maintenance')",
  );
  expect(code).toBe(1);
  expect(output).toBe(
    "Policies hide rows of public.members from app_maintenance: the table lacks its part of tenantPolicies.\n",
  );
});

test.each<[string, string, RegExp]>([
  [
    "the application's login",
    process.env.DATABASE_URL ?? "",
    /may not become app_maintenance.*: log in as the owner\.\n$/,
  ],
  ["no address", "", /^Set DATABASE_URL\..*copy the folder DATA_DIR\.\n$/],
])("with %s nothing is saved, and a sentence says why", async (_, url, why) => {
  const { code, output } = await back("backup", join(folder, "refused"), url);
  expect(code).toBe(1);
  expect(output).toMatch(why);
});

test("over TLS the programs check the server by the same authority as the application", async () => {
  const authority = makeAuthority();
  const server = await startPostgres(authority.issue("IP:127.0.0.1"));
  if (!server) throw new Error("no PostgreSQL, although findPostgres found one");
  const database = await server.createDatabase();
  // Plain text would not be let in.
  const superuser = await connect(server.serverUrl());
  const { rows } = await superuser.query("show hba_file");
  writeFileSync(rows[0].hba_file, "hostssl all all all scram-sha-256\n");
  await superuser.query("select pg_reload_conf()");
  await superuser.end();
  const { code, output } = await runCommandFile("backup.ts", [join(folder, "encrypted")], {
    DATABASE_URL: database.ownerUrl,
    DATABASE_TLS: "verify-full",
    DATABASE_CA_FILE: authority.caFile,
  });
  await server.destroy();
  authority.remove();
  expect(output).toMatch(/rows of \d+ tables are in/);
  expect(code).toBe(0);
});

test("where PostgreSQL's programs are missing, what is missing is named", () => {
  expect(findPostgres("/nowhere", ["pg_nothing", "pg_none"])).toEqual({
    missing: "pg_nothing and pg_none are neither in PATH nor under /usr/lib/postgresql",
  });
});
