import { and, desc, eq, gt, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Principal } from "../auth/access/principal";
import type { Facts, Notice, NoticeOwner, ToldNotice } from "../auth/sign-in/notices";
import { resolveTenant } from "../auth/tenancy/tenant";
import { type TenantTransaction, withTenant } from "../db/with-tenant";
import { AppError } from "../errors";
import { log } from "../log";
import { accountNotices } from "./tables";

/** Of one kind, one person is told so often within an hour; what comes after that is counted in the last one. */
const MOST_AN_HOUR = 3;
const HOUR_MS = 60 * 60_000;

/** Whoever else has something to do about a notice, in the transaction that keeps it. */
export type Listener = (tx: TenantTransaction, told: ToldNotice) => Promise<void>;

/**
 * Tells somebody what happened to their account. However often it happens, they are told MOST_AN_HOUR times an hour.
 * That it cannot be told now is no reason to fail what it is about: it is logged.
 */
export async function raiseNotice(
  owner: NoticeOwner,
  notice: Notice,
  facts: Facts,
  listeners: readonly Listener[] = [],
): Promise<void> {
  try {
    await withTenant(owner.tenantId, async (tx) => {
      const told = await keep(tx, owner, notice, facts);
      for (const listen of listeners) await listen(tx, told);
    });
  } catch (error) {
    logFailure(owner.sub, notice, error);
  }
}

/** The same for who has just proven who they are; somebody without a tenant has nowhere to be told. */
export async function tellOwner(
  principal: Principal,
  notice: Notice,
  facts: Facts,
  listeners: readonly Listener[] = [],
): Promise<void> {
  try {
    const { tenantId } = await resolveTenant({ principal, session: null }, null);
    await raiseNotice({ tenantId, sub: principal.sub }, notice, facts, listeners);
  } catch (error) {
    logFailure(principal.sub, notice, error);
  }
}

function logFailure(sub: string, notice: Notice, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  log("warn", "account.notice_not_raised", { sub, notice, code: error.code });
}

async function keep(
  tx: TenantTransaction,
  owner: NoticeOwner,
  notice: Notice,
  facts: Facts,
): Promise<ToldNotice> {
  const { tenantId, sub } = owner;
  // One after the other, or many at once would all find that nobody was told yet.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${sub} ${notice}`}, 0))`);
  const at = new Date();
  const lately = await tx
    .select()
    .from(accountNotices)
    .where(
      and(
        eq(accountNotices.tenantId, tenantId),
        eq(accountNotices.ownerSub, sub),
        eq(accountNotices.notice, notice),
        gt(accountNotices.createdAt, new Date(at.getTime() - HOUR_MS)),
      ),
    )
    .orderBy(desc(accountNotices.createdAt), desc(accountNotices.id))
    .limit(MOST_AN_HOUR);
  const [last] = lately;
  if (!last || lately.length < MOST_AN_HOUR) {
    const id = uuidv7();
    const row = { tenantId, id, ownerSub: sub, notice, facts, createdAt: at, updatedAt: at };
    await tx.insert(accountNotices).values(row);
    return { owner, id, notice, facts, isNew: true, at };
  }
  const counted = { ...last.facts, further: String(Number(last.facts.further ?? 0) + 1) };
  await tx
    .update(accountNotices)
    .set({ facts: counted, updatedAt: at })
    .where(and(eq(accountNotices.tenantId, tenantId), eq(accountNotices.id, last.id)));
  return { owner, id: last.id, notice, facts: counted, isNew: false, at };
}
