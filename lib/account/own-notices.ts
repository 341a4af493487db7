import { and, desc, eq, gt } from "drizzle-orm";
import type { Facts, Notice } from "../auth/sign-in/notices";
import type { TenantContext } from "../auth/tenancy/tenant";
import { readTenant } from "../db/with-tenant";
import { accountNotices } from "./tables";

const SHOWN_DAYS = 30;
const MOST_SHOWN = 8;

/** A notice as its owner sees it. */
export type OwnNotice = {
  id: string;
  notice: Notice;
  facts: Facts & { further?: string };
  created_at: string;
};

/** What happened to the caller's account lately, the newest first. */
export async function ownNotices({ tenantId, principal }: TenantContext): Promise<OwnNotice[]> {
  const rows = await readTenant(tenantId, (tx) =>
    tx
      .select()
      .from(accountNotices)
      .where(
        and(
          eq(accountNotices.tenantId, tenantId),
          eq(accountNotices.ownerSub, principal.sub),
          gt(accountNotices.createdAt, new Date(Date.now() - SHOWN_DAYS * 24 * 60 * 60_000)),
        ),
      )
      .orderBy(desc(accountNotices.createdAt), desc(accountNotices.id))
      .limit(MOST_SHOWN),
  );
  return rows.map(({ id, notice, facts, createdAt }) => ({
    id,
    notice,
    facts,
    created_at: createdAt.toISOString(),
  }));
}
