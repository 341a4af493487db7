import type { ClientBase } from "pg";
import { Refusal } from "./refusal";

/** How many rows each table has, by its name as SQL writes it: `public.items`. */
export type RowCounts = Record<string, number>;

/** Every table that is neither PostgreSQL's own nor an extension's. */
const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name, c.oid
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (
      select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** A table whose rows the current role may not all see: it would be counted, and saved, as if they were not there. */
const HIDDEN = `
  select name from (${TABLES}) t join pg_class c on c.oid = t.oid
  where c.relrowsecurity and (
    not exists (
      select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
        and p.polroles = array[to_regrole(current_user)::oid]
        and pg_get_expr(p.polqual, c.oid) = format('(CURRENT_USER = %L::name)', current_user))
    or exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive))
  order by name limit 1`;

/** The names of all tables. */
export async function tablesOf(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`${TABLES} order by name`);
  return rows.map(({ name }) => name);
}

/**
 * Counts the rows of all tables, in the transaction that there is.
 *
 * @param client in the role `app_maintenance`.
 * @throws Refusal where policies hide rows from it; what the driver throws.
 */
export async function countRows(client: ClientBase): Promise<RowCounts> {
  const { rows: hidden } = await client.query<{ name: string }>(HIDDEN);
  if (hidden[0]) {
    throw new Refusal(
      `Policies hide rows of ${hidden[0].name} from app_maintenance: the table lacks its part of tenantPolicies.`,
    );
  }
  const counts: RowCounts = {};
  for (const name of await tablesOf(client)) {
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${name}`);
    counts[name] = Number(rows[0]?.n);
  }
  return counts;
}

/** @throws Refusal naming a table that has not as many rows as it should have. */
export function requireSameRows(expected: RowCounts, found: RowCounts, where: string): void {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (expected[name] === found[name]) continue;
    const [should, has] = [expected, found].map((counts) => counts[name] ?? "no table, and so no");
    throw new Refusal(`${where}: ${name} has ${has} rows, and ${should} were saved.`);
  }
}

/** The rows of all tables together. */
export function sumOf(counts: RowCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
