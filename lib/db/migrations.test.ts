import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contractingStatements } from "../../infra/local/testing/contracting";
import { blindStatements } from "../../infra/local/testing/rows-touched";
import { tenantTables } from "../../infra/local/testing/tenant-tables";

const FOLDER = "lib/db/migrations";
const { entries }: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(
  readFileSync(`${FOLDER}/meta/_journal.json`, "utf8"),
);

test("each migration is younger than the one before: the migrator skips an older one in silence", () => {
  const times = entries.map(({ when }) => when);
  expect(times.length).toBeGreaterThan(0);
  expect(new Set(times).size).toBe(times.length);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, i) => i));
});

test("the journal names every migration there is, in order", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".sql"));
  expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
});

const textOf = (tag: string) => readFileSync(`${FOLDER}/${tag}.sql`, "utf8");

describe("the version before goes on while a deploy brings this one", () => {
  /** How what was done begins, before there was a version. Nothing comes on top: a reason stands in the migration. */
  const BEFORE_ANY_VERSION: Record<string, string[]> = {
    "0003_ways_in": ['DELETE FROM "sessions"', 'ALTER TABLE "sessions" ADD COLUMN "'],
    "0013_letters_of_any_alphabet": [
      'ALTER TABLE "items" drop column "name_key"',
      'ALTER TABLE "members" drop column "email_key"',
    ],
    "0016_alert_notices": ['ALTER TABLE "alerts" ADD CONSTRAINT "alerts_notice_is_personal"'],
    "0017_notices_told_before": ['UPDATE "alerts" SET "'],
    "0019_access_order": ['ALTER TABLE "not_before" ALTER COLUMN "issued_after" DROP NOT NULL'],
    "0021_search_key": [
      'ALTER TABLE "items" drop column "name_key"',
      'ALTER TABLE "members" drop column "email_key"',
    ],
    "0023_source_key": ['DROP INDEX "alerts_by_source"'],
    "0025_housekeeping": ["DO $$ DECLARE login regrole;", 'DROP INDEX "'],
  };
  const foundIn = (tag: string) =>
    contractingStatements(textOf(tag)).filter(
      (statement) => !BEFORE_ANY_VERSION[tag]?.some((begin) => statement.startsWith(begin)),
    );

  test("no migration takes away what it uses, unless it says since which version nothing does", () => {
    // Nothing ran before the first one.
    const found = entries.slice(1).flatMap(({ tag }) => foundIn(tag));
    expect(found).toEqual([]);
  });

  test.each([
    'ALTER TABLE "items" DROP COLUMN "description"',
    'ALTER TABLE "items" ADD COLUMN "colour" text, DROP COLUMN "description"',
    'ALTER TABLE "items" ADD COLUMN "colour" text NOT NULL',
    'ALTER TABLE "items" ADD COLUMN "colour" text UNIQUE',
    'ALTER TABLE "items" RENAME COLUMN "name" TO "title"',
    'ALTER TABLE "items" RENAME TO "things"',
    'ALTER TABLE "items" ALTER COLUMN "description" SET NOT NULL',
    'ALTER TABLE "items" ALTER COLUMN "name" SET DATA TYPE varchar(20)',
    'ALTER TABLE "items" ALTER COLUMN "name" TYPE varchar(20)',
    'ALTER TABLE "items" ADD CONSTRAINT "short" CHECK (length("name") < 20)',
    'ALTER TABLE "items" ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE "sessions" SET SCHEMA "house"',
    'ALTER TABLE "items" SET UNLOGGED',
    'CREATE UNIQUE INDEX "items_once" ON "items" ("tenant_id","name")',
    `CREATE POLICY "not_old" ON "items" AS RESTRICTIVE FOR ALL TO "app_user" USING ("name" <> '')`,
    "CREATE OR REPLACE FUNCTION search_key(given text) RETURNS text LANGUAGE sql AS $$ SELECT given $$",
    'DROP TABLE "items"',
    'DROP INDEX "items_by_name"',
    'DROP POLICY "items_own_tenant" ON "items"',
    "DROP FUNCTION search_key(text)",
    "DROP ROLE app_session",
    'REVOKE UPDATE ON "items" FROM app_user',
    'TRUNCATE "sessions"',
    'DELETE FROM "rate_limits"',
    `UPDATE "items" SET "name" = ''`,
    `DO $$ BEGIN EXECUTE 'DROP TABLE "items"'; END $$`,
    'SELECT drop_everything("x")',
  ])("%s needs a reason", (statement) => {
    expect(contractingStatements(statement)).toHaveLength(1);
    expect(contractingStatements(`-- contract: since 1.4.0 nothing asks for it\n${statement}`)).toEqual([]);
    expect(contractingStatements(`-- contract: nothing asks for it\n${statement}`)).toHaveLength(1);
    expect(contractingStatements(`-- since 1.4.0 nothing asks for it\n${statement}`)).toHaveLength(1);
  });

  test.each([
    'CREATE TABLE "projects" ("tenant_id" text NOT NULL); ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY',
    'CREATE TABLE "projects" ("name" text); CREATE UNIQUE INDEX "projects_once" ON "projects" ("name")',
    'ALTER TABLE "items" ADD COLUMN "colour" text',
    `ALTER TABLE "items" ADD COLUMN "colour" text DEFAULT 'drop; -- rename' NOT NULL`,
    `ALTER TABLE "items" ADD COLUMN "colour" text; UPDATE "items" SET "colour" = 'red' WHERE "name" = 'x'`,
    'ALTER TABLE "items" SET (autovacuum_vacuum_scale_factor = 0.02)',
    'CREATE INDEX "items_by_drop" ON "items" ("tenant_id")',
    'GRANT SELECT, DELETE ON "items" TO app_housekeeping',
    "CREATE FUNCTION other(given text) RETURNS text LANGUAGE sql AS $$ SELECT 'drop; table' $$",
    `INSERT INTO "tenants" ("id") SELECT DISTINCT "tenant_id" FROM "items"`,
  ])("%s needs none", (statement) => {
    expect(contractingStatements(statement)).toEqual([]);
  });
});

describe("forced policies hide every row from the owner, who migrates", () => {
  const TABLES = tenantTables().map(({ name }) => name);
  const UPDATE = 'UPDATE "members" SET "username" = lower("username")';
  const BECOME = "SET LOCAL ROLE app_maintenance";

  test("no migration reads or changes a tenant's rows without seeing them", () => {
    expect(entries.flatMap(({ tag }) => blindStatements(textOf(tag), TABLES))).toEqual([]);
  });

  test.each([
    UPDATE,
    'DELETE FROM ONLY "members"',
    'INSERT INTO "members" ("username") VALUES (\'x\')',
    'INSERT INTO "tenants" ("id") SELECT "tenant_id" FROM "members"',
    'WITH "old" AS (SELECT 1) DELETE FROM members USING "old"',
    "DO $$ BEGIN UPDATE public.members SET \"username\" = ''; END $$",
    `${BECOME}; RESET ROLE; ${UPDATE}`,
    `SET LOCAL ROLE app_session; ${UPDATE}; RESET ROLE`,
    `ALTER TABLE "members" NO FORCE ROW LEVEL SECURITY; ALTER TABLE "members" FORCE ROW LEVEL SECURITY; ${UPDATE}`,
    `${BECOME}; ${UPDATE}`,
  ])("%s is found", (statements) => {
    expect(blindStatements(`${statements};`, TABLES)).toHaveLength(1);
  });

  test.each([
    `${BECOME}; ${UPDATE}; RESET ROLE`,
    'UPDATE "sessions" SET "username" = lower("username")',
    'GRANT SELECT ON "members" TO app_user',
  ])("%s is not", (statements) => {
    expect(blindStatements(`${statements};`, TABLES)).toEqual([]);
  });
});
