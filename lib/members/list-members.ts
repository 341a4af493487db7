import { and, asc, desc, eq, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { decodeCursor } from "../db/cursor";
import { afterCursor, type Page, toPage } from "../db/page";
import { members } from "../db/schema";
import { searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type ListMembers, type MEMBER_ORDERS, type Member, toMember } from "./contract";
import { isDirectoryRead, readDirectoryOnce } from "./read-directory";

type Row = typeof members.$inferSelect;
type Order = {
  by: SQL[];
  /** What is after a cursor. */
  after: (cursor: string | undefined, tenantId: string, list: string) => SQL | undefined;
  /** What a cursor keeps of a row besides its id. */
  moment: (row: Row) => Date;
};

const NEVER = new Date(0);
const newestBy = (moment: typeof members.createdAt | SQL, of: (row: Row) => Date): Order => ({
  by: [desc(moment), desc(members.sub)],
  after: (cursor, tenantId, list) =>
    afterCursor({ createdAt: moment, id: members.sub }, cursor, tenantId, list),
  moment: of,
});
const byName = sql`coalesce(${members.nameKey}, ${members.emailKey})`;

const ORDERS: Record<(typeof MEMBER_ORDERS)[number] | "created", Order> = {
  created: newestBy(members.createdAt, ({ createdAt }) => createdAt),
  last_sign_in: newestBy(
    sql`coalesce(${members.lastSignInAt}, to_timestamp(0))`,
    ({ lastSignInAt }) => lastSignInAt ?? NEVER,
  ),
  name: {
    by: [asc(byName), asc(members.sub)],
    // A cursor holds no name, which is for nobody to read in an address: it says whose row the page ended at.
    after: (cursor, tenantId, list) => {
      if (cursor === undefined) return undefined;
      const { id } = decodeCursor(cursor, tenantId, list);
      return sql`(${byName}, ${members.sub}) > (select coalesce(l.name_key, l.email_key), l.sub from members l
        where l.tenant_id = ${tenantId} and l.sub = ${id}::uuid)`;
    },
    moment: () => NEVER,
  },
};

/**
 * The tenant's members, in the order that is asked for, else the newest account first, by name or e-mail address, role and status where asked. The first time, the
 * user pool is gone through for those who were created before.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant, `cognito_unavailable` the first time.
 */
export async function listMembers(tenant: TenantContext, query: ListMembers): Promise<Page<Member>> {
  const { tenantId } = tenant;
  const { q, role, status, sort, limit, cursor } = query;
  const list = sort === undefined ? "members" : `members by ${sort}`;
  const order = ORDERS[sort ?? "created"];
  const after = order.after(cursor, tenantId, list);
  const where = and(
    eq(members.tenantId, tenantId),
    q === undefined ? undefined : or(holds(members.emailKey, q), holds(members.nameKey, q)),
    role && eq(members.role, role),
    status && eq(members.status, status),
    after,
  );
  const find = () =>
    readTenant(tenantId, (reads) =>
      Promise.all([
        isDirectoryRead(reads, tenantId),
        reads
          .select()
          .from(members)
          .where(where)
          .orderBy(...order.by)
          .limit(limit + 1),
      ]),
    );
  let found = await find();
  if (!found[0]) {
    await readDirectoryOnce(tenant);
    found = await find();
  }
  const [, rows] = found;
  const page = toPage(
    rows.map((row) => ({ ...row, id: row.sub, createdAt: order.moment(row), row })),
    limit,
    tenantId,
    list,
  );
  return { rows: page.rows.map(({ row }) => toMember(row)), next: page.next };
}

function holds(key: SQLWrapper, text: string): SQL {
  return sql`strpos(${key}, ${searchKey(text)}) > 0`;
}
