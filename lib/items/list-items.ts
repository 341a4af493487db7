import { and, count, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { TenantContext } from "../auth/tenancy/tenant";
import type { Page } from "../db/page";
import { searchKey } from "../db/text";
import { type Reads, readTenant } from "../db/with-tenant";
import { whereContains, whereLong, whereShort } from "./contains";
import { type Item, type ListItems, toItem } from "./contract";
import { orderOf } from "./order";
import { itemFields, items } from "./tables";

type Query = ListItems & { ids?: string[] | undefined };

/** Nobody reads a larger number, and to count on would take long. */
const MOST_COUNTED = 10_000;

/**
 * The tenant's items, newest first unless asked for otherwise, by name, text, owner and change where asked.
 *
 * @throws AppError `invalid_request` for a cursor of another list, order or tenant.
 */
export async function listItems(tenant: TenantContext, query: Query): Promise<Page<Item>> {
  return readTenant(tenant.tenantId, (tx) => pageOf(tx, tenant, query));
}

/**
 * The same, and how many there are in all, or that there are more than MOST_COUNTED. In one round trip; a search in all
 * texts that finds more than a page takes two.
 */
export async function listAndCountItems(
  tenant: TenantContext,
  query: Query,
): Promise<Page<Item> & { total: number; hasMoreThanTotal: boolean }> {
  return readTenant(tenant.tenantId, async (tx) => {
    const page = pageOf(tx, tenant, query);
    if (isSearchOfAll(query)) {
      const { rows, next } = await page;
      // It has read all there is: to count would be to read it once more.
      if (next === null && query.cursor === undefined)
        return { rows, next, total: rows.length, hasMoreThanTotal: false };
    }
    const where = whereAsked(tenant, query);
    const select = (also?: SQL) => tx.select({ one: sql`1` }).from(items).where(and(where, also));
    const all = isSearchOfAll(query) ? unionAll(select(whereShort), select(whereLong)) : select();
    const [listed, [counted]] = await Promise.all([
      page,
      tx.select({ total: count() }).from(all.limit(MOST_COUNTED + 1).as("counted")),
    ]);
    const found = counted?.total ?? 0;
    return { ...listed, total: Math.min(found, MOST_COUNTED), hasMoreThanTotal: found > MOST_COUNTED };
  });
}

async function pageOf(tx: Reads, tenant: TenantContext, query: Query): Promise<Page<Item>> {
  const { tenantId } = tenant;
  const { limit, cursor, sort = "-created" } = query;
  const order = orderOf(sort);
  const after = cursor === undefined ? undefined : order.after(cursor, tenantId);
  const where = and(whereAsked(tenant, query), after);
  const firstOf = (part: SQL | undefined) =>
    tx
      .select({ id: items.id })
      .from(items)
      .where(and(where, part))
      .orderBy(...order.by)
      .limit(limit + 1);
  const whereListed = isSearchOfAll(query)
    ? and(eq(items.tenantId, tenantId), inArray(items.id, unionAll(firstOf(whereShort), firstOf(whereLong))))
    : where;
  const rows = await tx
    .select({ ...itemFields(tenant), nameKey: items.nameKey })
    .from(items)
    .where(whereListed)
    .orderBy(...order.by)
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(toItem),
    next: last && rows.length > limit ? order.cursorOf(last, tenantId) : null,
  };
}

function whereAsked({ tenantId, principal }: TenantContext, query: Query): SQL | undefined {
  const { contains, starts_with: prefix, owner, changed_since: since, ids } = query;
  return and(
    eq(items.tenantId, tenantId),
    contains === undefined ? undefined : whereContains(contains),
    prefix === undefined ? undefined : wherePrefix(prefix),
    owner === undefined ? undefined : eq(items.ownerSub, owner === "me" ? principal.sub : owner),
    since === undefined ? undefined : gte(items.updatedAt, new Date(since)),
    ids && inArray(items.id, ids),
  );
}

/** Whether all items of the tenant may have to be looked at, in the order that the indexes of the parts have. */
function isSearchOfAll({
  contains,
  sort = "-created",
  starts_with,
  owner,
  changed_since,
  ids,
}: Query): boolean {
  const isNarrowed = [starts_with, owner, changed_since, ids].some((each) => each !== undefined);
  return contains !== undefined && sort.endsWith("created") && !isNarrowed;
}

/**
 * A prefix as a range, which the index serves: of `^@` the planner makes none under row-level security, as nobody
 * vouches that it is leakproof. U+10FFFF is no character, and comes after all that are.
 */
function wherePrefix(prefix: string): SQL {
  const beginning = searchKey(prefix);
  return sql`${items.nameKey} ~>=~ ${beginning} and ${items.nameKey} ~<~ (${beginning} || ${"\u{10FFFF}"})`;
}
