import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../infra/local/testing/superuser";
import { tenantTables } from "../../infra/local/testing/tenant-tables";
import { isReachable } from "./health";
import type { TenantTransaction } from "./with-tenant";

beforeAll(async () => {
  expect(await isReachable()).toBe(true);
});

async function select(tx: TenantTransaction, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = (await tx.execute(query)) as unknown as { rows: { name: string }[] };
  return rows.map(({ name }) => name).sort();
}

const withTenantId = sql`
  select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('r', 'p') and a.attname = 'tenant_id' and not a.attisdropped
    and c.relnamespace = 'public'::regnamespace`;

/** The other reason for which housekeeping sees a row: its tenant is being deleted. */
const OF_A_DELETED_TENANT =
  "(tenant_id = ANY (ARRAY( SELECT tenants.id FROM tenants WHERE (tenants.deleting_at IS NOT NULL))))";

/** Whoever only inherits from the role sees nothing more by it. */
const OF_MAINTENANCE = "(CURRENT_USER = 'app_maintenance'::name)";

/** What of the database would let a tenant's rows out, each by its name. */
async function leaks(tx: TenantTransaction) {
  return {
    unprotected: await select(
      tx,
      sql`select name from (${withTenantId}) t where not (relrowsecurity and relforcerowsecurity)`,
    ),
    withoutPolicy: await select(
      tx,
      sql`select name from (${withTenantId}) t where not exists (
        select from pg_policy p
        where p.polrelid = t.oid and p.polpermissive and p.polcmd = '*'
          and p.polroles = array['app_user'::regrole::oid]
          and pg_get_expr(p.polqual, t.oid) like '%tenant_id = NULLIF(current_setting(''app.tenant_id''%'
          and pg_get_expr(p.polwithcheck, t.oid) = pg_get_expr(p.polqual, t.oid))`,
    ),
    // Two permissive policies are joined by OR: a second one of the same role could only widen the first.
    furtherPolicies: await select(
      tx,
      sql`select name from (${withTenantId}) t where (
        select count(*) from pg_policy p
        where p.polrelid = t.oid and p.polroles <> array['app_housekeeping'::regrole::oid]
          and p.polroles <> array['app_maintenance'::regrole::oid]
      ) > 1`,
    ),
    // Otherwise backups would have none of its rows, and nobody would be told.
    hiddenFromMaintenance: await select(
      tx,
      sql`select c.oid::regclass::text as name from pg_class c
        where c.relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace) and c.relkind in ('r', 'p', 'S') and (
          not (case c.relkind when 'S' then has_sequence_privilege('app_maintenance', c.oid, 'SELECT')
            else has_table_privilege('app_maintenance', c.oid, 'SELECT') end)
          or c.relrowsecurity and not exists (
            select from pg_policy p
            where p.polrelid = c.oid and p.polpermissive
              and p.polroles = array['app_maintenance'::regrole::oid]
              and pg_get_expr(p.polqual, c.oid) = ${OF_MAINTENANCE}
              and case when exists (select from (${withTenantId}) t where t.oid = c.oid)
                then p.polcmd = '*' and pg_get_expr(p.polwithcheck, c.oid) = ${OF_MAINTENANCE}
                else p.polcmd = 'r' end)
          or exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive))`,
    ),
    // What belongs to no tenant is for the platform's role alone, whoever was given rights to it.
    openToOthers: await select(
      tx,
      sql`select c.oid::regclass::text as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not exists (select from (${withTenantId}) t where t.oid = c.oid)
          and (not c.relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid
            and p.polroles <> array['app_session'::regrole::oid] and p.polroles <> array['app_maintenance'::regrole::oid]
            and not (p.polroles = array['app_housekeeping'::regrole::oid] and p.polcmd = 'r'
              and pg_get_expr(p.polqual, c.oid) = '(deleting_at IS NOT NULL)')))`,
    ),
    // It changes what data migrations change, and nothing that says who may come in.
    maintenanceByTheWrongRight: await select(
      tx,
      sql`select c.oid::regclass::text as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and (
          has_table_privilege('app_maintenance', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')
          or has_any_column_privilege('app_maintenance', c.oid, 'INSERT, UPDATE')
            <> exists (select from (${withTenantId}) t where t.oid = c.oid))`,
    ),
    // Housekeeping sees what is past its time by the server's clock, and does nothing but delete it.
    housekeepingWithoutEnd: await select(
      tx,
      sql`select t.name from (${withTenantId}) t join pg_policy p on p.polrelid = t.oid
        where 'app_housekeeping'::regrole = any (p.polroles) and (p.polwithcheck is not null
          or (pg_get_expr(p.polqual, t.oid) !~ '^(.* AND )?[(]+[a-z_]+ < [(]now[(][)] - ''[^'']+''::interval[)]+$'
            and regexp_replace(pg_get_expr(p.polqual, t.oid), '\\s+', ' ', 'g') <> ${OF_A_DELETED_TENANT}))`,
    ),
    // Whom nobody may delete rows from could never be deleted whole.
    keptForEver: await select(
      tx,
      sql`select name from (${withTenantId}) t where not has_table_privilege('app_user', t.oid, 'DELETE')
        and not exists (select from pg_policy p
          where p.polrelid = t.oid and p.polroles = array['app_housekeeping'::regrole::oid]
            and has_table_privilege('app_housekeeping', t.oid, 'DELETE')
            and regexp_replace(pg_get_expr(p.polqual, t.oid), '\\s+', ' ', 'g') = ${OF_A_DELETED_TENANT})`,
    ),
    knownToHousekeepingOfTenants: await select(
      tx,
      sql`select attname as name from pg_attribute where attrelid = 'tenants'::regclass and attnum > 0
        and has_column_privilege('app_housekeeping', attrelid, attnum, 'SELECT')
        and attname not in ('id', 'deleting_at')`,
    ),
    housekeepingByTheWrongRight: await select(
      tx,
      sql`select c.oid::regclass::text as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and (
          has_any_column_privilege('app_housekeeping', c.oid, 'INSERT, UPDATE')
          or has_table_privilege('app_housekeeping', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')
          or has_any_column_privilege('app_housekeeping', c.oid, 'SELECT')
            <> (c.relname = 'tenants' or exists (select from pg_policy p
              where p.polrelid = c.oid and p.polroles = array['app_housekeeping'::regrole::oid])))`,
    ),
    uniqueAcrossTenants: await select(
      tx,
      sql`select i.indexrelid::regclass::text as name from pg_index i join (${withTenantId}) t on t.oid = i.indrelid
        where i.indisunique and (
          select attname from pg_attribute where attrelid = t.oid and attnum = i.indkey[0]
        ) is distinct from 'tenant_id'`,
    ),
    referencesAcrossTenants: await select(
      tx,
      sql`select k.conname as name from pg_constraint k join (${withTenantId}) t on t.oid = k.conrelid
        where k.contype = 'f' and not exists (
          select from pg_attribute a
          where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any (k.conkey))`,
    ),
    viewsAsTheirOwner: await select(
      tx,
      sql`select oid::regclass::text as name from pg_class
        where relnamespace = 'public'::regnamespace and (relkind = 'm' or (
          relkind = 'v' and coalesce(reloptions::text, '') !~ 'security_invoker=(true|on|1)'))`,
    ),
    functionsAsTheirOwner: await select(
      tx,
      sql`select oid::regprocedure::text as name from pg_proc
        where pronamespace = 'public'::regnamespace and prosecdef`,
    ),
    readableByTheWrongRole: await select(
      tx,
      sql`select r.rolname || ' ' || c.oid::regclass::text as name
        from pg_class c cross join pg_roles r
        where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace
          and r.rolname in ('app_user', 'app_session')
          and has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')
          and (r.rolname = 'app_user') <> exists (select from (${withTenantId}) t where t.oid = c.oid)`,
    ),
    privilegedRoles: await select(
      tx,
      sql`select rolname as name from pg_roles where rolname in ('app_user', 'app_session', 'app_housekeeping', 'app_maintenance')
        and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb or rolreplication
          or exists (select from pg_class c where c.relowner = pg_roles.oid)
          or exists (select from pg_auth_members m where m.member = pg_roles.oid))`,
    ),
    truncatable: await select(
      tx,
      sql`select name from (${withTenantId}) t
        where has_table_privilege('app_user', t.oid, 'TRUNCATE, REFERENCES, TRIGGER')`,
    ),
  };
}

const none = {
  hiddenFromMaintenance: [],
  openToOthers: [],
  maintenanceByTheWrongRight: [],
  keptForEver: [],
  knownToHousekeepingOfTenants: [],
  unprotected: [],
  withoutPolicy: [],
  furtherPolicies: [],
  housekeepingWithoutEnd: [],
  housekeepingByTheWrongRight: [],
  uniqueAcrossTenants: [],
  referencesAcrossTenants: [],
  viewsAsTheirOwner: [],
  functionsAsTheirOwner: [],
  readableByTheWrongRole: [],
  privilegedRoles: [],
  truncatable: [],
};

test("every table with a tenant is protected in every way", async () => {
  const inNewestMigration = tenantTables();
  expect(inNewestMigration.length).toBeGreaterThan(4);
  await asSuperuser(async (tx) => {
    expect(await select(tx, sql`select name from (${withTenantId}) t order by 1`)).toEqual(
      inNewestMigration.map(({ name }) => name).sort(),
    );
    expect(await leaks(tx)).toEqual(none);
  });
});

test("a table, view, function or grant that leaks is found", async () => {
  const undo = new Error("undo");
  await asSuperuser(async (tx) => {
    await tx.execute(sql`create table leaky (tenant_id text, id int primary key, other_id uuid)`);
    await tx.execute(sql`create table linked (tenant_id text, id int references leaky (id))`);
    await tx.execute(sql`alter table linked enable row level security`);
    await tx.execute(sql`create policy open on linked to app_user using (true)`);
    await tx.execute(sql`create policy wider on members to app_user using (true)`);
    await tx.execute(sql`create policy narrower on idempotency_keys as restrictive using (tenant_id <> 'x')`);
    await tx.execute(sql`alter policy audit_events_of_all_tenants on audit_events using (true)`);
    await tx.execute(sql`grant update on sessions to app_maintenance`);
    await tx.execute(sql`alter table rate_limits disable row level security`);
    await tx.execute(sql`create policy for_all on sign_ins using (true)`);
    await tx.execute(sql`create policy whenever on members to app_housekeeping using (created_at < now())`);
    await tx.execute(sql`grant update on idempotency_keys to app_housekeeping`);
    await tx.execute(sql`grant select on sessions to app_housekeeping`);
    await tx.execute(sql`grant select (name) on tenants to app_housekeeping`);
    await tx.execute(sql`create view members_of_all as select * from members`);
    await tx.execute(sql`create function steps_up() returns int language sql security definer as 'select 1'`);
    await tx.execute(sql`grant select (sub) on sessions to app_user`);
    await tx.execute(sql`grant insert on members to app_session`);
    await tx.execute(sql`grant truncate on account_notices to app_user`);
    await tx.execute(sql`alter role app_user bypassrls`);
    expect(await leaks(tx)).toEqual({
      unprotected: ["leaky", "linked"],
      withoutPolicy: ["leaky", "linked"],
      furtherPolicies: ["idempotency_keys", "members"],
      housekeepingWithoutEnd: ["members"],
      housekeepingByTheWrongRight: ["idempotency_keys", "members", "sessions"],
      uniqueAcrossTenants: ["leaky_pkey"],
      referencesAcrossTenants: ["linked_id_fkey"],
      viewsAsTheirOwner: ["members_of_all"],
      functionsAsTheirOwner: ["steps_up()"],
      readableByTheWrongRole: expect.arrayContaining(["app_session members", "app_user sessions"]),
      privilegedRoles: ["app_user"],
      truncatable: ["account_notices"],
      hiddenFromMaintenance: ["audit_events", "idempotency_keys", "leaky", "linked"],
      openToOthers: ["rate_limits", "sign_ins"],
      maintenanceByTheWrongRight: ["leaky", "linked", "sessions"],
      keptForEver: ["leaky", "linked"],
      knownToHousekeepingOfTenants: ["name"],
    });
    throw undo;
  }).catch((error) => {
    if (error !== undo) throw error;
  });
});

test("a role that a service gives every right to every table sees no row, and writes none", async () => {
  const undo = new Error("undo");
  await asSuperuser(async (tx) => {
    await tx.execute(sql`insert into tenants (id, name, created_at) values ('acme', 'Acme', now())`);
    await tx.execute(sql`create role published`);
    await tx.execute(sql`grant all on all tables in schema public to published`);
    await tx.execute(sql`set local role published`);
    const tables = await select(tx, sql`select tablename as name from pg_tables where schemaname = 'public'`);
    expect(tables).toContain("sessions");
    for (const table of tables) {
      expect(await select(tx, sql`select 1 as name from ${sql.identifier(table)}`)).toEqual([]);
    }
    const write = tx.execute(sql`insert into tenants (id, name, created_at) values ('mine', 'Mine', now())`);
    await expect(write).rejects.toMatchObject({ cause: { message: /row-level security policy/ } });
    throw undo;
  }).catch((error) => {
    if (error !== undo) throw error;
  });
});
