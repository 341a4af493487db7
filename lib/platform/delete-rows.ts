import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { withDatabase } from "../db/client";
import { becomeTenant } from "../db/with-tenant";

/** Small, so that a statement stays far below its limit. */
const ROWS_AT_ONCE = 500;

/**
 * Deletes some rows of a tenant. What `app_user` may not delete, housekeeping does: its policies show it the rows of a
 * tenant that is being deleted.
 *
 * @returns how many, and whether there are none left. @throws AppError `database_unavailable`.
 */
export async function deleteRows(table: PgTable, id: string): Promise<{ count: number; isOver: boolean }> {
  const count = await withDatabase((db) =>
    db.transaction(async (tx) => {
      const { rows: asked } = (await tx.execute(
        sql`select has_table_privilege('app_user', ${getTableName(table)}, 'delete') as own`,
      )) as unknown as { rows: { own: boolean }[] };
      if (asked[0]?.own) await becomeTenant(tx, id);
      else await tx.execute(sql`select set_config('role', 'app_housekeeping', true)`);
      const { rows } = (await tx.execute(sql`
        with gone as (
          delete from ${table} where tenant_id = ${id} and ctid = any (array(
            select ctid from ${table} where tenant_id = ${id} limit ${ROWS_AT_ONCE}
          )) returning 1
        ) select count(*)::int as count from gone`)) as unknown as { rows: { count: number }[] };
      return rows[0]?.count ?? 0;
    }),
  );
  return { count, isOver: count < ROWS_AT_ONCE };
}
