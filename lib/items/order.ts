import { asc, desc, type SQL, sql } from "drizzle-orm";
import { decodePlace, encodePlace, type Place } from "../db/cursor";
import type { Sort } from "./kinds";
import { items } from "./tables";

/** A row as a list reads it. */
type Row = { id: string; createdAt: Date; updatedAt: Date; nameKey: string | null };

type Order = {
  /** What its cursors are signed for. */
  list: string;
  by: SQL[];
  after: (cursor: string, tenantId: string) => SQL;
  cursorOf: (row: Row, tenantId: string) => string;
};

/** How a list is ordered, each along an index, and how it goes on after a cursor. */
export function orderOf(sort: Sort): Order {
  const isDescending = sort.startsWith("-");
  const list = sort === "-created" ? "items" : `items by ${sort}`;
  const signed = (place: Place, tenantId: string) => encodePlace(place, tenantId, list);
  if (sort.endsWith("name")) return { list, ...byName(isDescending, list), cursorOf };
  const column = sort.endsWith("created") ? items.createdAt : items.updatedAt;
  const direction = isDescending ? desc : asc;
  const beyond = sql.raw(isDescending ? "<" : ">");
  return {
    list,
    by: [direction(column), direction(items.id)],
    after: (cursor, tenantId) => {
      const { key, id } = decodePlace(cursor, tenantId, list);
      const at = new Date(key).toISOString();
      return sql`(${column}, ${items.id}) ${beyond} (${at}::timestamptz, ${id}::uuid)`;
    },
    cursorOf,
  };

  function cursorOf({ id, createdAt, updatedAt, nameKey }: Row, tenantId: string): string {
    const key = sort.endsWith("name")
      ? (nameKey ?? "")
      : (sort.endsWith("created") ? createdAt : updatedAt).getTime();
    return signed({ key, id }, tenantId);
  }
}

/**
 * By the names as a search compares them, character by character. The index knows other operators than a row comparison
 * would use, so the place is two conditions: the first finds it, the second leaves out who has the same name before.
 */
function byName(isDescending: boolean, list: string): Pick<Order, "by" | "after"> {
  const [order, reaches, beyond, then] = isDescending
    ? ["~>~", "~<=~", "~<~", "<"].map((each) => sql.raw(each))
    : ["~<~", "~>=~", "~>~", ">"].map((each) => sql.raw(each));
  const { nameKey, id: idColumn } = items;
  return {
    by: [sql`${nameKey} using ${order}`, isDescending ? desc(idColumn) : asc(idColumn)],
    after: (cursor, tenantId) => {
      const { key, id } = decodePlace(cursor, tenantId, list);
      return sql`${nameKey} ${reaches} ${key} and (${nameKey} ${beyond} ${key} or ${idColumn} ${then} ${id}::uuid)`;
    },
  };
}
