import { and, desc, eq, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { afterCursor, type Page, toPage } from "../db/page";
import { members } from "../db/schema";
import { searchKey } from "../db/text";
import { readTenant } from "../db/with-tenant";
import { type ListMembers, type Member, toMember } from "./contract";
import { readDirectoryOnce } from "./read-directory";

/**
 * The tenant's members, the newest account first, by name or e-mail address, role and status where asked. The first time, the
 * user pool is gone through for those who were created before.
 *
 * @throws AppError `invalid_request` for a cursor of another list or tenant, `cognito_unavailable` the first time.
 */
export async function listMembers(tenant: TenantContext, query: ListMembers): Promise<Page<Member>> {
  const { tenantId } = tenant;
  const { q, role, status, limit, cursor } = query;
  const order = { createdAt: members.createdAt, id: members.sub };
  const after = afterCursor(order, cursor, tenantId, "members");
  await readDirectoryOnce(tenant);
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select()
      .from(members)
      .where(
        and(
          eq(members.tenantId, tenantId),
          q === undefined ? undefined : or(holds(members.emailKey, q), holds(members.nameKey, q)),
          role && eq(members.role, role),
          status && eq(members.status, status),
          after,
        ),
      )
      .orderBy(desc(members.createdAt), desc(members.sub))
      .limit(limit + 1),
  );
  const page = toPage(
    rows.map((row) => ({ ...row, id: row.sub })),
    limit,
    tenantId,
    "members",
  );
  return { rows: page.rows.map(toMember), next: page.next };
}

function holds(key: SQLWrapper, text: string): SQL {
  return sql`strpos(${key}, ${searchKey(text)}) > 0`;
}
