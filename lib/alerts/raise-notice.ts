import { and, desc, eq, gt, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Principal } from "../auth/principal";
import { resolveTenant } from "../auth/tenant";
import { alerts } from "../db/schema";
import { announce } from "../db/tenant-notices";
import { type TenantTransaction, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { log } from "../log";
import type { Notice } from "./contract";
import { type Facts, noticeText } from "./notice-text";
import { ownSource } from "./own-source";

/** Of one kind, one person is told so often within an hour; what comes after that is counted in the last one. */
const MOST_AN_HOUR = 3;
const HOUR_MS = 60 * 60_000;

/** Whom it is about, and the tenant in which they are told. */
export type NoticeOwner = { tenantId: string; sub: string };

/**
 * Tells somebody what happened to their account, by an alert that only the application can raise. A new login their
 * administrators are told as well; all else is for themselves alone. However often it happens, they are told
 * MOST_AN_HOUR times an hour. That it cannot be told now is no reason to fail what it is about: it is logged.
 */
export async function raiseNotice(owner: NoticeOwner, notice: Notice, facts: Facts): Promise<void> {
  try {
    await withTenant(owner.tenantId, (tx) => tell(tx, owner, notice, facts));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "alerts.notice_not_raised", { sub: owner.sub, notice, code: error.code });
  }
}

/** The same for who has just proven who they are; somebody without a tenant has nowhere to be told. */
export async function tellOwner(principal: Principal, notice: Notice, facts: Facts): Promise<void> {
  try {
    const { tenantId } = await resolveTenant({ principal, session: null }, null);
    await raiseNotice({ tenantId, sub: principal.sub }, notice, facts);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "alerts.notice_not_raised", { sub: principal.sub, notice, code: error.code });
  }
}

async function tell(tx: TenantTransaction, { tenantId, sub }: NoticeOwner, notice: Notice, facts: Facts) {
  // One after the other, or many at once would all find that nobody was told yet.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${sub} ${notice}`}, 0))`);
  const now = new Date();
  const lately = await tx
    .select({ id: alerts.id, status: alerts.status, facts: alerts.facts })
    .from(alerts)
    .where(
      and(
        eq(alerts.tenantId, tenantId),
        eq(alerts.ownerSub, sub),
        eq(alerts.notice, notice),
        gt(alerts.createdAt, new Date(now.getTime() - HOUR_MS)),
      ),
    )
    .orderBy(desc(alerts.createdAt), desc(alerts.id))
    .limit(MOST_AN_HOUR);
  const [last] = lately;
  const id = last && lately.length === MOST_AN_HOUR && last.status === "open" ? last.id : uuidv7();
  if (id === last?.id) {
    const further = String(Number(last.facts?.further ?? 0) + 1);
    await tx
      .update(alerts)
      .set({ facts: { ...last.facts, further }, updatedAt: now })
      .where(and(eq(alerts.tenantId, tenantId), eq(alerts.id, id)));
  } else {
    await tx.insert(alerts).values({
      ...noticeText(notice, facts),
      tenantId,
      id,
      notice,
      facts,
      severity: notice === "new_login" ? "info" : "warning",
      status: "open",
      source: ownSource(notice),
      audience: notice === "new_login" ? "owner" : "self",
      ownerSub: sub,
      createdAt: now,
      updatedAt: now,
    });
  }
  await announce(tx, tenantId, [id]);
}
