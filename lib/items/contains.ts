import { type SQL, sql } from "drizzle-orm";
import { searchKey } from "../db/text";
import { items } from "./tables";

/**
 * The tenant's items in two parts, by the size of what a search reads of them. Each has an index of its own, and that of
 * the short ones has the text in it: a search reads no row there that it does not show.
 */
export const whereShort = sql`octet_length(${items.textKey}) <= 500`;
export const whereLong = sql`octet_length(${items.textKey}) > 500`;

/**
 * LIKE takes half as long as `strpos`; what it would read as more than itself stands behind `!`. How many rows it finds,
 * the planner may not look up under row-level security, and takes it for so few that it would rather sort them: of
 * `coalesce` it takes it for half of all.
 */
export function whereContains(text: string): SQL {
  const literally = sql`regexp_replace(${searchKey(text)}, '([!%_])', '!\\1', 'g')`;
  return sql`coalesce(${items.textKey} like '%' || ${literally} || '%' escape '!', false)`;
}
