import { getTableName, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { recordAuditApart } from "../audit/record";
import type { Caller } from "../auth/access/identify";
import { mayActElsewhere } from "../auth/tenancy/tenant";
import { listUsers } from "../cognito/pool-users";
import { withDatabase } from "../db/client";
import { readTenant as readAsTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { tenantOf } from "../members/pool-member";
import { asOperator } from "./as-operator";
import { readTenant, requireKept } from "./list-tenants";
import { type By, recordOnPlatform } from "./platform-record";
import { tablesOfTenants } from "./tenant-tables";

const ROWS_AT_ONCE = 500;

/**
 * Everything of a tenant as lines of JSON, a piece per page of rows: however much there is, no more than one page is
 * held at a time, and no transaction waits for who reads. A row that is written meanwhile may be missing, none comes
 * twice. The first line says of which tenant, the last one how much there was: without it the file is not whole. That
 * it began is on the records of the tenant, of the operator and of the platform before the first piece.
 *
 * @throws AppError `forbidden` where operators see no tenant's rows (`TENANT_STRICT=1`); `not_found`, `conflict`
 *   while it is being deleted, `cognito_unavailable`, `database_unavailable`.
 */
export async function* exportAsOperator(caller: Caller, id: string): AsyncGenerator<string> {
  const tenant = await readTenant(id);
  if (!mayActElsewhere(caller.principal)) throw new AppError("forbidden");
  // An entry on a record that is being deleted could stay.
  requireKept(tenant);
  const { name, created_at } = tenant;
  const by = await asOperator(caller, { action: "platform.tenant_exported", subject: { id, name } }, (who) =>
    begin(who, id),
  );
  const exported_at = new Date().toISOString();
  yield line({ format: 1, tenant: { id, name, created_at }, exported_at });
  const tables: Record<string, number> = {};
  for (const table of await tablesOfTenants()) {
    const of = getTableName(table);
    tables[of] = 0;
    for await (const rows of pagesOf(table, id)) {
      tables[of] += rows.length;
      yield rows.map((row) => `{"table":"${of}","row":${row}}\n`).join("");
    }
  }
  let users = 0;
  for (let from: string | null = null, isFirst = true; isFirst || from !== null; isFirst = false) {
    const page = await listUsers(from);
    const own = page.users.filter((user) => tenantOf(user) === id);
    if (own.length > 0) yield own.map((user) => line({ user })).join("");
    users += own.length;
    from = page.next;
  }
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  await withDatabase((db) =>
    recordOnPlatform(db, by, id, { action: "tenant.exported", detail: { rows, users } }),
  );
  yield line({ end: { tables, users } });
}

async function begin(by: By, id: string): Promise<By> {
  await withDatabase((db) => recordOnPlatform(db, by, id, { action: "tenant.exported", outcome: "begun" }));
  await recordAuditApart({ ...by, tenantId: id }, { action: "tenant.exported" });
  return by;
}

function line(what: object): string {
  return `${JSON.stringify(what)}\n`;
}

/** The rows of a table as JSON, in the order of its primary key. */
async function* pagesOf(table: PgTable, id: string): AsyncGenerator<string[]> {
  const key = keyOf(table);
  for (let after: string[] | null = null; ; ) {
    const page: { line: string; key: string[] }[] = await pageOf(table, id, key, after);
    if (page.length > 0) yield page.map((row) => row.line);
    const last = page.at(-1);
    if (!last || page.length < ROWS_AT_ONCE) return;
    after = last.key;
  }
}

async function pageOf(table: PgTable, id: string, key: PgColumn[], after: string[] | null) {
  const names = list(key.map(({ name }) => sql`t.${sql.identifier(name)}`));
  const texts = list(key.map(({ name }) => sql`t.${sql.identifier(name)}::text`));
  const reached = after && list(key.map((column, at) => sql`${after[at]}::${sql.raw(column.getSQLType())}`));
  const { rows } = (await readAsTenant(id, (reads) =>
    reads.execute(sql`select row_to_json(t)::text as line, array[${texts}] as key from ${table} t
      where t.tenant_id = ${id} ${reached ? sql`and (${names}) > (${reached})` : sql``}
      order by ${names} limit ${ROWS_AT_ONCE}`),
  )) as unknown as { rows: { line: string; key: string[] }[] };
  return rows;
}

function keyOf(table: PgTable): PgColumn[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const [composite] = primaryKeys;
  if (!composite) return columns.filter(({ primary }) => primary);
  return composite.columns.flatMap(({ name }) => columns.filter((column) => column.name === name));
}

function list(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `);
}
