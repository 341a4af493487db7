import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { UnfitDatabaseError } from "./errors";
import { MIGRATIONS } from "./migrations-folder";
import { MAINTENANCE_ROLE } from "./roles";

type Asked = { execute(query: SQL): PromiseLike<unknown> };

async function ask<Row>(db: Asked, query: SQL): Promise<Row[]> {
  return ((await db.execute(query)) as { rows: Row[] }).rows;
}

type Snapshot = { tables: Record<string, { name: string; columns: Record<string, unknown> }> };

let known: { name: string; columns: string[] }[] | undefined;

/** Each table of ours and the columns that this version of the application knows: as its last migration leaves them. */
export function knownTables(): { name: string; columns: string[] }[] {
  if (known) return known;
  const folder = join(MIGRATIONS, "meta");
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const { entries } = read("_journal.json") as { entries: { idx: number }[] };
  const { tables } = read(`${String(entries.length - 1).padStart(4, "0")}_snapshot.json`) as Snapshot;
  known = Object.values(tables).map(({ name, columns }) => ({ name, columns: Object.keys(columns) }));
  return known;
}

/** Roles of the server that read or write files, or run programs, and so become anything. PostgreSQL, "Predefined Roles". */
const MIGHTY = [
  "pg_read_server_files",
  "pg_write_server_files",
  "pg_execute_server_program",
  "pg_write_all_data",
  "pg_read_all_data",
];

type Login = {
  login: string;
  encoding: string;
  unbound: boolean;
  creates: boolean;
  maintains: boolean;
  owns: string | null;
  serves: boolean;
  sees: string | null;
};

/**
 * Refuses a server that must not be used with this login: one that no policy binds, that could change the policies or
 * that may do anything in a role of its own, a database in an encoding that has not every letter, or one that is not
 * migrated.
 *
 * @throws UnfitDatabaseError; what the driver throws.
 */
export async function requireFitServer(db: Asked): Promise<void> {
  const [found] = await ask<Login>(
    db,
    sql`
    select session_user as login,
      current_setting('server_encoding') as encoding,
      coalesce(pg_has_role(session_user, to_regrole('app_user'), 'member')
        and pg_has_role(session_user, to_regrole('app_session'), 'member'), false) as serves,
      exists (
        select from pg_roles where (rolsuper or rolbypassrls or rolreplication or rolname in ${MIGHTY})
          and pg_has_role(session_user, oid, 'member')
      ) as unbound,
      exists (select from pg_roles where rolcreaterole and pg_has_role(session_user, oid, 'member')) as creates,
      coalesce(pg_has_role(session_user, to_regrole(${MAINTENANCE_ROLE}), 'member'), false) as maintains,
      (${ownedSql()}) as owns,
      (${seenSql()}) as sees`,
  );
  if (!found) throw new UnfitDatabaseError("The database does not say who is logged in.");
  const { login } = found;
  const use = "Use an unprivileged login that was granted app_user and app_session.";
  if (found.unbound) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which is not subject to row-level security. ${use}`,
    );
  }
  if (found.creates) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which may create roles and give itself any right. ${use}`,
    );
  }
  if (found.maintains) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which may become ${MAINTENANCE_ROLE} and see the rows of all tenants. ${use}`,
    );
  }
  if (found.owns !== null) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which owns ${found.owns} and could switch row-level security off. ${use}`,
    );
  }
  if (!found.serves) throw missingRole();
  if (found.sees !== null) {
    throw new UnfitDatabaseError(
      `DATABASE_URL logs in as ${login}, which may use ${found.sees} without becoming a role of the application. As the ` +
        `owner: ALTER ROLE ${login} NOINHERIT, and since PostgreSQL 16 GRANT the roles to it WITH INHERIT FALSE.`,
    );
  }
  if (found.encoding !== "UTF8") throw wrongEncoding(found.encoding);
  await requireServing(db);
}

/**
 * Refuses a database whose tables are not those of this version, or that the two roles may not use.
 *
 * @throws UnfitDatabaseError; what the driver throws.
 */
export async function requireServing(db: Asked): Promise<void> {
  const wanted = JSON.stringify(knownTables());
  const [missing] = await ask<{ name: string }>(
    db,
    sql`
    select wanted.name
    from jsonb_to_recordset(${wanted}::jsonb) as wanted(name text, columns jsonb)
    left join pg_class found on found.oid = to_regclass(quote_ident(wanted.name))
    where found.oid is null
      or not (has_table_privilege('app_user', found.oid, 'select') or has_table_privilege('app_session', found.oid, 'select'))
      or exists (
        select from jsonb_array_elements_text(wanted.columns) as column_name
        where not exists (
          select from pg_attribute where attrelid = found.oid and attname = column_name and not attisdropped
        )
      )
    limit 1`,
  );
  if (missing) {
    throw new UnfitDatabaseError(
      `The database is not migrated: ${missing.name} is not as this version needs it. As the owner: npm run db:migrate.`,
    );
  }
}

/**
 * Refuses a database that cannot be migrated.
 *
 * @throws UnfitDatabaseError; what the driver throws.
 */
export async function requireMigratable(db: Asked): Promise<void> {
  const [found] = await ask<{ encoding: string; icu: boolean }>(
    db,
    sql`
    select current_setting('server_encoding') as encoding,
      exists (select from pg_collation where collname = 'und-x-icu') as icu`,
  );
  if (found && found.encoding !== "UTF8") throw wrongEncoding(found.encoding);
  if (found && !found.icu) {
    throw new UnfitDatabaseError(
      "The server of the database was built without ICU, which compares letters here.",
    );
  }
}

/** What of ours a login owns, itself or by a role that it may become: a table, or the schema or database around it. */
function ownedSql() {
  const names = knownTables().map(({ name }) => name);
  return sql`
    select owned.what from (
      select 1 as rank, 'the table ' || c.relname as what from pg_class c
        where c.relname in ${names} and c.relkind in ('r', 'p', 'v') and pg_has_role(session_user, c.relowner, 'member')
      union all
      select 2, 'the function ' || p.proname from pg_proc p
        where p.pronamespace = to_regnamespace(current_schema()) and pg_has_role(session_user, p.proowner, 'member')
      union all
      select 3, 'the schema ' || n.nspname from pg_namespace n
        where n.nspname in (current_schema(), 'drizzle') and pg_has_role(session_user, n.nspowner, 'member')
      union all
      select 4, 'the database' from pg_database d
        where d.datname = current_database() and pg_has_role(session_user, d.datdba, 'member')
    ) owned order by rank limit 1`;
}

/**
 * A table that a login may use by its own right: of a query that forgets to become a role the server must say so, and
 * not answer with the rights of all of them at once.
 */
function seenSql() {
  const names = knownTables().map(({ name }) => name);
  return sql`
    select c.relname from pg_class c
    where c.relname in ${names} and c.relnamespace = to_regnamespace(current_schema())
      and (has_any_column_privilege(session_user, c.oid, 'select, insert, update, references')
        or has_table_privilege(session_user, c.oid, 'delete, truncate, trigger'))
    order by 1 limit 1`;
}

function wrongEncoding(encoding: string): UnfitDatabaseError {
  return new UnfitDatabaseError(
    `The database is encoded in ${encoding}, which has not every letter. Make it anew with ENCODING 'UTF8'.`,
  );
}

function missingRole(): UnfitDatabaseError {
  return new UnfitDatabaseError(
    "The login of DATABASE_URL may not become app_user and app_session. As the owner: npm run db:migrate, then " +
      "GRANT app_user, app_session, app_housekeeping TO the login.",
  );
}

/** Of a transaction that could not become a role of the application, what to do; any other failure as it came. */
export function explainRole(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (/role "app_(session|user)"|parameter "role"/.test(each.message)) return missingRole();
  }
  return error;
}

/** TLS that this server does not speak, or with a certificate that nobody here vouches for. Node, "OpenSSL error codes". */
const TLS =
  /does not support SSL|SSL off|no encryption|self.signed|unable to (verify|get)|certificate|ERR_TLS|ERR_SSL|ERR_OSSL|wrong version number/i;

/**
 * Why a server refused a connection, where trying again cannot help: its words are for the one who runs it, and name the
 * login and the database, never the password. Anything else as it came.
 */
export function explainRefusal(error: unknown): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof UnfitDatabaseError) return each;
    const code = "code" in each ? String(each.code) : "";
    if (/^28/.test(code) && !TLS.test(each.message)) {
      return new UnfitDatabaseError(`The database refuses the login of DATABASE_URL: ${each.message}.`);
    }
    if (/statement pooling mode/.test(each.message)) {
      return new UnfitDatabaseError(
        "The pooler of DATABASE_URL hands out single statements: it needs pool_mode transaction or session.",
      );
    }
    if (code === "3D000") return new UnfitDatabaseError(`DATABASE_URL: ${each.message}.`);
    if (TLS.test(code) || TLS.test(each.message)) {
      return new UnfitDatabaseError(
        `The connection of DATABASE_URL cannot be encrypted as it asks: ${each.message}. DATABASE_TLS and DATABASE_CA_FILE say how.`,
      );
    }
    if (code === "ENOENT" || code === "EACCES") {
      return new UnfitDatabaseError(
        `DATABASE_CA_FILE or DATABASE_URL names a file that cannot be read: ${each.message}.`,
      );
    }
  }
  return error;
}
