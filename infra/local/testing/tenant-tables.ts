import { readdirSync, readFileSync } from "node:fs";
import { type SQL, sql } from "drizzle-orm";

const FOLDER = "lib/db/migrations/meta";

type Column = { name: string; type: string; notNull: boolean; default?: unknown };
type Table = {
  name: string;
  columns: Record<string, Column & { primaryKey: boolean }>;
  foreignKeys: Record<string, { tableTo: string }>;
  compositePrimaryKeys: Record<string, { columns: string[] }>;
};
type Snapshot = { tables: Record<string, Table> };

/** A table whose rows belong to a tenant. */
type TenantTable = {
  name: string;
  /** The columns of its primary key. */
  key: string[];
  /** What every row must say. */
  columns: Column[];
  /** The tables of the rows that a row of it belongs to. */
  parents: TenantTable[];
};

/** All of them, as the newest migration leaves them. */
export function tenantTables(): TenantTable[] {
  const newest = readdirSync(FOLDER)
    .filter((name) => name.endsWith("_snapshot.json"))
    .sort()
    .at(-1);
  const { tables } = JSON.parse(readFileSync(`${FOLDER}/${newest}`, "utf8")) as Snapshot;
  const tenantTable = ({ name, columns, compositePrimaryKeys, foreignKeys }: Table): TenantTable => {
    const all = Object.values(columns);
    const single = all.filter(({ primaryKey }) => primaryKey).map((each) => each.name);
    const composite = Object.values(compositePrimaryKeys).flatMap((each) => each.columns);
    const needed = all.filter((each) => each.notNull && each.default === undefined);
    const parents = Object.values(foreignKeys).flatMap(({ tableTo }) => tables[`public.${tableTo}`] ?? []);
    return { name, key: [...single, ...composite], columns: needed, parents: parents.map(tenantTable) };
  };
  return Object.values(tables)
    .filter(({ columns }) => "tenant_id" in columns)
    .map(tenantTable);
}

/** Adds a row for each tenant, under the id: every text says it, every UUID is it; and before it what it belongs to. */
export function insertRows(table: TenantTable, id: string, ...tenantIds: string[]): SQL {
  const before = table.parents.map(
    (parent) =>
      sql`with ${sql.identifier(`new_${parent.name}`)} as (${insertRow(parent, id, tenantIds)} on conflict do nothing) `,
  );
  return sql`${sql.join(before)}${insertRow(table, id, tenantIds)}`;
}

function insertRow(table: TenantTable, id: string, tenantIds: string[]): SQL {
  const rows = tenantIds.map((tenantId) => {
    const values = table.columns.map(({ name, type }) =>
      name === "tenant_id" ? sql`${tenantId}` : someValue(type, id),
    );
    return sql`(${sql.join(values, sql`, `)})`;
  });
  return sql`insert into ${sql.identifier(table.name)} (${names(table.columns.map(({ name }) => name))})
    values ${sql.join(rows, sql`, `)}`;
}

/** Names of columns, one after the other. */
export const names = (columns: string[]) =>
  sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  );

function someValue(type: string, id: string): SQL {
  if (type === "text" || type === "uuid") return sql`${id}`;
  if (type === "jsonb") return sql`'{}'`;
  if (type === "boolean") return sql`false`;
  if (type === "integer" || type === "bigint") return sql`1`;
  if (type.startsWith("timestamp")) return sql`now()`;
  throw new Error(`no value is known for a column of type ${type}`);
}
