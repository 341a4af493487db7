import { and, desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenant";
import { afterCursor, type Page, type PageQuery, toPage } from "../db/page";
import { items } from "../db/schema";
import { withTenant } from "../db/with-tenant";
import { type Item, toItem } from "./contract";

/**
 * The tenant's items, newest first.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant.
 */
export async function listItems({ tenantId }: TenantContext, query: PageQuery): Promise<Page<Item>> {
  const after = afterCursor(items, query.cursor, tenantId, "items");
  const rows = await withTenant(tenantId, (tx) =>
    tx
      .select()
      .from(items)
      .where(and(eq(items.tenantId, tenantId), after))
      .orderBy(desc(items.createdAt), desc(items.id))
      .limit(query.limit + 1),
  );
  const page = toPage(rows, query.limit, tenantId, "items");
  return { rows: page.rows.map(toItem), next: page.next };
}
