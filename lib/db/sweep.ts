import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { withDatabase } from "./client";

/** Any number that nothing else in the database locks. */
const LOCK = 7_365_108;

/**
 * Deletes rows of one table whose time is over, `most` at once, in a transaction of its own. Of a tenant's table the
 * role sees no others (`endPolicy`); `whereOver` can only narrow that.
 *
 * @returns how many, or null while another process is at it.
 * @throws AppError `database_unavailable`.
 */
export function sweep(table: PgTable, whereOver: SQL | undefined, most: number): Promise<number | null> {
  const role = "tenantId" in getTableColumns(table) ? "app_housekeeping" : "app_session";
  if (role === "app_session" && whereOver === undefined) throw new Error("everything would be deleted");
  return withDatabase((db) =>
    db.transaction(async (tx) => {
      const { rows: begun } = (await tx.execute(
        sql`select pg_try_advisory_xact_lock(${LOCK}) as own, set_config('role', ${role}, true)`,
      )) as unknown as { rows: { own: boolean }[] };
      if (!begun[0]?.own) return null;
      // Who is changed meanwhile, such as a session that is used, has another ctid then, and stays.
      const { rows } = (await tx.execute(sql`
        with gone as (
          delete from ${table} where ctid = any (array(
            select ctid from ${table} where ${whereOver ?? sql`true`} limit ${most}
          )) returning 1
        ) select count(*)::int as count from gone`)) as unknown as { rows: { count: number }[] };
      return rows[0]?.count ?? 0;
    }),
  );
}
