import { and, desc, eq } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { members } from "../db/schema";
import { readTenant } from "../db/with-tenant";
import { type Member, toMember } from "./contract";

/** `invited` is how many members have not come in yet, by the list as it is known; `newest` the last of them, at most `limit`. */
export async function pendingInvitations(
  { tenantId }: TenantContext,
  limit: number,
): Promise<{ invited: number; newest: Member[] }> {
  const whereInvited = and(eq(members.tenantId, tenantId), eq(members.status, "invited"));
  return readTenant(tenantId, async (tx) => {
    const invited = await tx.$count(members, whereInvited);
    if (invited === 0) return { invited, newest: [] };
    const rows = await tx
      .select()
      .from(members)
      .where(whereInvited)
      .orderBy(desc(members.createdAt), desc(members.sub))
      .limit(limit);
    return { invited, newest: rows.map(toMember) };
  });
}
