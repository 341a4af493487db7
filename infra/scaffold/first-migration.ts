import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const FOLDER = "lib/db/migrations";
const BREAK = "\n--> statement-breakpoint\n";

/** What the catalogue of a database says, a line each, by table; of what belongs to no table under "". */
type Catalogue = Map<string, string[]>;

/**
 * Puts one fresh migration in place of all there are, for a product that has no database yet: what the tables of the
 * features say, and around it what drizzle-kit does not know (roles, functions, forced policies, grants), as the
 * migrations of before leave it. What both make of an empty database is compared before anything is thrown away.
 *
 * @param root of the checkout.
 * @throws Error saying what the two make differently.
 */
export async function makeFirstMigration(root: string): Promise<void> {
  const folder = join(root, FOLDER);
  const before = await databaseOf(readMigrations(folder));
  const roles = readMigrations(folder)
    .flatMap((text) => text.split("--> statement-breakpoint"))
    .filter((statement) => /CREATE ROLE|IN SCHEMA drizzle/.test(statement))
    .map((statement) => statement.trim());
  rmSync(folder, { recursive: true });
  generate(root, "first");
  const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const tables = readFileSync(join(folder, file), "utf8").trim();
  const names = [...tables.matchAll(/^CREATE TABLE "(\w+)"/gm)].map(([, name = ""]) => name);
  const parts = [...roles, ...(await functionsOf(before)), tables, ...(await rightsOf(before, names))];
  writeFileSync(join(folder, file), `${parts.join(BREAK)}\n`);
  const after = await databaseOf(readMigrations(folder));
  const [expected, made] = [await catalogueOf(before), await catalogueOf(after)];
  for (const name of ["", ...names]) {
    const [was, is] = [expected.get(name)?.join("\n"), made.get(name)?.join("\n")];
    if (was !== is)
      throw new Error(`The first migration makes ${name || "functions"} differently:\n${was}\n—\n${is}`);
  }
  await before.close();
  await after.close();
}

/** Has drizzle-kit write the next migration. @returns its file. */
export function generate(root: string, name: string): string {
  const run = ["drizzle-kit", "generate", "--config", "lib/db/drizzle.config.ts", "--name", name];
  execFileSync("npx", ["--no-install", ...run], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const file = readdirSync(join(root, FOLDER)).findLast((each) => each.endsWith(`_${name}.sql`));
  if (!file) throw new Error(`drizzle-kit wrote no migration ${name}: it sees no table that is new.`);
  return join(FOLDER, file);
}

/** What has a tenant's rows seen by that tenant alone, which drizzle-kit does not write: forced policies and grants. */
export function rightsSql(table: string, rights = "SELECT, INSERT, UPDATE, DELETE"): string {
  return [
    `ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY;`,
    `GRANT ${rights} ON "${table}" TO app_user;`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON "${table}" TO app_maintenance;`,
  ].join(BREAK);
}

function readMigrations(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

async function databaseOf(migrations: string[]): Promise<PGlite> {
  const db = await PGlite.create();
  for (const each of migrations) await db.exec(each);
  return db;
}

async function lines(db: PGlite, query: string): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>(query);
  return rows.map(({ line }) => line);
}

function functionsOf(db: PGlite): Promise<string[]> {
  return lines(
    db,
    `select pg_get_functiondef(oid) || ';' as line from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
  );
}

/** Forced policies and grants, as they stand in the database, of these tables and of what belongs to none. */
async function rightsOf(db: PGlite, tables: string[]): Promise<string[]> {
  const names = tables.map((name) => `'${name}'`).join(", ");
  return [
    "GRANT USAGE ON SCHEMA public TO app_user, app_session, app_housekeeping, app_maintenance;",
    ...(await lines(
      db,
      `select format('ALTER TABLE %I FORCE ROW LEVEL SECURITY;', relname) as line from pg_class
       where relnamespace = 'public'::regnamespace and relforcerowsecurity and relname in (${names}) order by 1`,
    )),
    ...(await lines(
      db,
      `select format('GRANT %s ON %I TO %I;', string_agg(privilege, ', ' order by place), relname, rolname) as line
       from pg_class cross join (values ('app_user'), ('app_session'), ('app_housekeeping'), ('app_maintenance')) as granted (rolname) cross join
         (values (1, 'SELECT'), (2, 'INSERT'), (3, 'UPDATE'), (4, 'DELETE')) as known (place, privilege)
       where relnamespace = 'public'::regnamespace and relname in (${names})
         and has_table_privilege(rolname, pg_class.oid, privilege)
       group by relname, rolname order by relname, rolname`,
    )),
    ...(await lines(
      db,
      `select format('GRANT %s (%s) ON %I TO %I;', privilege_type, string_agg(quote_ident(attname), ', ' order by attnum),
         relname, grantee::regrole::text) as line
       from pg_class join pg_attribute on attrelid = pg_class.oid cross join aclexplode(attacl)
       where relnamespace = 'public'::regnamespace and relname in (${names})
       group by relname, grantee, privilege_type order by relname, 1`,
    )),
    ...(await lines(
      db,
      `select format('GRANT %s ON SEQUENCE %I TO %I;', privilege, relname, rolname) as line
       from pg_class cross join (values ('app_session', 'USAGE'), ('app_maintenance', 'SELECT')) as granted (rolname, privilege)
       where relnamespace = 'public'::regnamespace and relkind = 'S' and has_sequence_privilege(rolname, pg_class.oid, privilege)
       order by 1`,
    )),
  ];
}

/** All of it: columns, constraints, indexes, policies, rights, functions. */
async function catalogueOf(db: PGlite): Promise<Catalogue> {
  const { rows } = await db.query<{ name: string; line: string }>(`
    select c.relname as name, format('column %s %s %s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    union all select relname, format('column rights %s %s', attname, attacl) from pg_attribute
      join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace and attacl is not null
    union all select conrelid::regclass::text, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select tablename, 'index ' || indexdef from pg_indexes where schemaname = 'public'
    union all select tablename, format('policy %s %s %s %s %s %s', policyname, permissive, roles, cmd, qual, with_check)
      from pg_policies where schemaname = 'public'
    union all select relname, format('rights %s %s %s', relrowsecurity, relforcerowsecurity,
      (select array_agg(each::text order by each::text) from unnest(relacl) each)) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select '', pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    union all select '', format('sequence %s %s', relname,
      (select array_agg(each::text order by each::text) from unnest(relacl) each)) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'S'
    order by 1, 2`);
  const catalogue: Catalogue = new Map();
  for (const { name, line } of rows) catalogue.set(name, [...(catalogue.get(name) ?? []), line]);
  return catalogue;
}
