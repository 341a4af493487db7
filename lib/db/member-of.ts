import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Where what a token says of itself is no UUID, as of a pool that was moved here, nobody is found by it. */
const UUID = "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$";

/**
 * What the list of members says of whom a column names by their `sub`, as a field of a select from the column's table:
 * looked up there in the same statement.
 *
 * @param what an aggregate over `p`, the member; over no row where there is none.
 */
export function memberOf(tenantId: string, sub: PgColumn, what: SQL): SQL {
  // The table is named by hand: drizzle leaves it out, and both have a tenant_id.
  return sql`(select ${what} from members p where p.tenant_id = ${tenantId}
    and p.sub = case when ${sub} ~ ${sql.raw(`'${UUID}'`)} then ${sub}::uuid end)`;
}
