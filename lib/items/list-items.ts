import { and, desc, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { afterCursor, type Page, toPage } from "../db/page";
import { searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type Item, type ListItems, toItem } from "./contract";
import { itemFields, items } from "./tables";

/**
 * The tenant's items, newest first, by name where asked.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant.
 */
export async function listItems(tenant: TenantContext, query: ListItems): Promise<Page<Item>> {
  const { tenantId } = tenant;
  const after = afterCursor(items, query.cursor, tenantId, "items");
  const { contains, starts_with: prefix } = query;
  // `strpos` takes the text as it is, where LIKE would read % and _ as wildcards.
  const whereName = contains && sql`strpos(${items.nameKey}, ${searchKey(contains)}) > 0`;
  // A prefix as a range, which the index serves: of `^@` the planner makes none under row-level security, as nobody
  // vouches that it is leakproof. U+10FFFF is no character, and comes after all that are.
  const beginning = prefix && searchKey(prefix);
  const wherePrefix =
    beginning &&
    sql`${items.nameKey} ~>=~ ${beginning} and ${items.nameKey} ~<~ (${beginning} || ${"\u{10FFFF}"})`;
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select(itemFields(tenant))
      .from(items)
      .where(and(eq(items.tenantId, tenantId), whereName || undefined, wherePrefix || undefined, after))
      .orderBy(desc(items.createdAt), desc(items.id))
      .limit(query.limit + 1),
  );
  const page = toPage(rows, query.limit, tenantId, "items");
  return { rows: page.rows.map(toItem), next: page.next };
}
