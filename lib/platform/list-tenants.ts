import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { withDatabase } from "../db/client";
import { decodeCursor } from "../db/cursor";
import { type Page, toPage } from "../db/page";
import { tenants } from "../db/schema";
import { searchKey } from "../db/text";
import { becomeTenant, type TenantTransaction } from "../db/with-tenant";
import { AppError } from "../errors";
import type { ListTenants, Tenant, TenantStatus } from "../tenants/contract";

type Row = typeof tenants.$inferSelect;

/** What a cursor is signed for beside the list's name: it is no tenant's list, and no tenant is called so. */
const OF_NO_TENANT = "";

/**
 * The tenants that there are, the newest first, by name or id and by status where asked.
 *
 * @throws AppError `invalid_request` for a cursor of another list, `database_unavailable`.
 */
export async function listTenants({ q, status, limit, cursor }: ListTenants): Promise<Page<Tenant>> {
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(tenants)
      .where(and(whereNamed(q), status && whereStatus(status), whereAfter(cursor)))
      .orderBy(desc(tenants.createdAt), desc(tenants.id))
      .limit(limit + 1),
  );
  const page = toPage(rows, limit, OF_NO_TENANT, "tenants");
  return { rows: await withMembers(page.rows), next: page.next };
}

/** One of them. @throws AppError `not_found`, as for an id that cannot be; `database_unavailable`. */
export async function readTenant(id: string): Promise<Tenant> {
  const rows = await withDatabase((db) => db.select().from(tenants).where(eq(tenants.id, id)));
  const [tenant] = await withMembers(rows);
  if (!tenant) throw new AppError("not_found");
  return tenant;
}

/** @throws AppError `conflict` for a tenant that is being deleted: nothing else is done to it any more. */
export function requireKept({ status }: Pick<Tenant, "status">): void {
  if (status === "deleting") throw new AppError("conflict", { detail: "This tenant is being deleted." });
}

function whereNamed(q: string | undefined): SQL | undefined {
  if (q === undefined) return undefined;
  const holds = (text: Parameters<typeof searchKey>[0]) =>
    sql`strpos(${searchKey(text)}, ${searchKey(q)}) > 0`;
  return or(holds(tenants.name), holds(tenants.id));
}

function whereStatus(status: TenantStatus): SQL | undefined {
  if (status === "deleting") return isNotNull(tenants.deletingAt);
  const isSuspended = status === "suspended" ? isNotNull : isNull;
  return and(isNull(tenants.deletingAt), isSuspended(tenants.suspendedAt));
}

/** An id here is no UUID, as it is in other lists. */
function whereAfter(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const { createdAt, id } = decodeCursor(cursor, OF_NO_TENANT, "tenants");
  return sql`(${tenants.createdAt}, ${tenants.id}) < (${createdAt.toISOString()}::timestamptz, ${id})`;
}

/** Members are counted as each tenant in turn, all of them in one flight: no role sees those of several. */
async function withMembers(rows: Row[]): Promise<Tenant[]> {
  if (rows.length === 0) return [];
  const counted = await withDatabase((db) =>
    db.transaction(
      async (tx) =>
        Promise.all(
          rows.map(async ({ id }) => {
            const [, counts] = await Promise.all([becomeTenant(tx, id), countMembers(tx)]);
            return counts;
          }),
        ),
      { accessMode: "read only" },
    ),
  );
  const members = new Map(counted.map(({ tenant, count }) => [tenant, count]));
  return rows.map((row) => toTenant(row, members.get(row.id)));
}

/** Says for which tenant, so that none is shown with the members of another. */
async function countMembers(tx: TenantTransaction): Promise<{ tenant: string; count: number }> {
  const { rows } = (await tx.execute(sql`
    select current_setting('app.tenant_id') as tenant, count(*)::int as count
    from members where tenant_id = current_setting('app.tenant_id')`)) as unknown as {
    rows: [{ tenant: string; count: number }];
  };
  return rows[0];
}

function toTenant(row: Row, members: number | undefined): Tenant {
  if (members === undefined) throw new Error("the members of a tenant were not counted");
  const { id, name, createdAt, suspendedAt, deletingAt } = row;
  return {
    id,
    name,
    status: deletingAt ? "deleting" : suspendedAt ? "suspended" : "active",
    members,
    created_at: createdAt.toISOString(),
    suspended_at: suspendedAt?.toISOString() ?? null,
    single_sign_on: row.singleSignOn,
    deletion: deletingAt && {
      began_at: deletingAt.toISOString(),
      users: row.deletedUsers,
      rows: row.deletedRows,
      trouble: row.deletionTrouble,
    },
  };
}
