import { and, desc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { ToldNotice } from "../auth/sign-in/notices";
import { announce } from "../db/tenant-notices";
import type { TenantTransaction } from "../db/with-tenant";
import { noticeText } from "./notice-text";
import { OWN_SOURCE } from "./own-source";
import { alerts } from "./tables";

/**
 * Shows what the owner of an account is told among the alerts too, by one that only the application can raise and that
 * they alone see. What is counted in with an earlier notice changes its alert, and raises a new one where somebody has
 * looked at that already. A new sign-in is no alert: there are too many of them for anybody to find the rest.
 */
export async function tellNotice(tx: TenantTransaction, told: ToldNotice): Promise<void> {
  const { owner, notice, facts, at } = told;
  if (notice === "new_login") return;
  const { tenantId, sub } = owner;
  const counted = told.isNew ? null : await countIn(tx, told);
  const id = counted ?? (told.isNew ? told.id : uuidv7());
  if (counted === null) {
    await tx.insert(alerts).values({
      ...noticeText(notice, facts),
      tenantId,
      id,
      notice,
      facts,
      severity: "warning",
      status: "open",
      source: OWN_SOURCE,
      audience: "self",
      ownerSub: sub,
      createdAt: at,
      updatedAt: at,
    });
  }
  await announce(tx, tenantId, "alerts", [id]);
}

/** @returns the id of the alert that it was counted in with; null when nobody would see it there any more. */
async function countIn(
  tx: TenantTransaction,
  { owner, notice, facts, at }: ToldNotice,
): Promise<string | null> {
  const { tenantId, sub } = owner;
  const whereOfKind = and(eq(alerts.tenantId, tenantId), eq(alerts.ownerSub, sub), eq(alerts.notice, notice));
  const [last] = await tx
    .select({ id: alerts.id, status: alerts.status })
    .from(alerts)
    .where(whereOfKind)
    .orderBy(desc(alerts.createdAt), desc(alerts.id))
    .limit(1);
  if (last?.status !== "open") return null;
  await tx
    .update(alerts)
    .set({ facts, updatedAt: at, version: sql`${alerts.version} + 1` })
    .where(and(whereOfKind, eq(alerts.id, last.id)));
  return last.id;
}
