import { and, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import type { Page } from "../db/page";
import { searchKey } from "../db/text";
import { type Reads, readTenant } from "../db/with-tenant";
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

/** The same, and how many there are in all, or that there are more than MOST_COUNTED. In one round trip. */
export async function listAndCountItems(
  tenant: TenantContext,
  query: Query,
): Promise<Page<Item> & { total: number; hasMoreThanTotal: boolean }> {
  return readTenant(tenant.tenantId, async (tx) => {
    const counted = tx
      .select({ one: sql`1` })
      .from(items)
      .where(whereAsked(tenant, query))
      .limit(MOST_COUNTED + 1)
      .as("counted");
    const [page, [count]] = await Promise.all([
      pageOf(tx, tenant, query),
      tx.select({ total: sql<number>`count(*)::int` }).from(counted),
    ]);
    const found = count?.total ?? 0;
    return { ...page, total: Math.min(found, MOST_COUNTED), hasMoreThanTotal: found > MOST_COUNTED };
  });
}

async function pageOf(tx: Reads, tenant: TenantContext, query: Query): Promise<Page<Item>> {
  const { tenantId } = tenant;
  const { limit, cursor, sort = "-created" } = query;
  const order = orderOf(sort);
  const after = cursor === undefined ? undefined : order.after(cursor, tenantId);
  const rows = await tx
    .select({ ...itemFields(tenant), nameKey: items.nameKey })
    .from(items)
    .where(and(whereAsked(tenant, query), after))
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

/** `strpos` takes the text as it is, where LIKE would read % and _ as wildcards. */
function whereContains(text: string): SQL {
  return sql`strpos(${items.textKey}, ${searchKey(text)}) > 0`;
}

/**
 * A prefix as a range, which the index serves: of `^@` the planner makes none under row-level security, as nobody
 * vouches that it is leakproof. U+10FFFF is no character, and comes after all that are.
 */
function wherePrefix(prefix: string): SQL {
  const beginning = searchKey(prefix);
  return sql`${items.nameKey} ~>=~ ${beginning} and ${items.nameKey} ~<~ (${beginning} || ${"\u{10FFFF}"})`;
}
