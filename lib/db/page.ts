import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor, type Position } from "./cursor";

/** How every list is paged: newest first, `cursor` from the previous page's `Link` header. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50).describe("How many to answer at most."),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe("Where the page before ended: take the whole address from its Link header."),
});
export type PageQuery = z.output<typeof PageQuery>;

/** `next` is the cursor of the page after this one, null on the last. */
export type Page<Row> = { rows: Row[]; next: string | null };

type Columns = { createdAt: AnyColumn | SQL; id: AnyColumn };

/**
 * The condition for "after the cursor", newest first. A row comparison, because the index serves it as one range;
 * the same written with OR filters row by row.
 */
export function afterCursor(
  table: Columns,
  cursor: string | undefined,
  tenantId: string,
  list: string,
): SQL | undefined {
  if (cursor === undefined) return undefined;
  const { createdAt, id } = decodeCursor(cursor, tenantId, list);
  return sql`(${table.createdAt}, ${table.id}) < (${createdAt.toISOString()}::timestamptz, ${id}::uuid)`;
}

/** Makes a page of `limit + 1` rows read: the extra row only tells that there is more. */
export function toPage<Row extends Position>(
  rows: Row[],
  limit: number,
  tenantId: string,
  list: string,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: last && rows.length > limit ? encodeCursor(last, tenantId, list) : null };
}
