import { and, eq, gt } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { guardedRequest } from "../db/client";
import { subscribe, unsubscribe } from "../db/tenant-notices";
import { readTenant } from "../db/with-tenant";
import { AppError, type ErrorCode } from "../errors";
import { deletedItems, items } from "./tables";

/** A sign of life at least this often; at each, the right to watch is looked at anew. */
const BEAT_MS = 20_000;
/** A watch ends by itself after this long: whoever goes on watching begins another one, perhaps on another server. */
const LIFE_MS = 10 * 60_000;
/** Those that began together, as after a restart, must not stay together: so much earlier, at the most, each goes on. */
const SPREAD = 0.5;
/** A row carries the time at which its transaction worked, and shows when that commits, by a clock that may be off. */
const OVERLAP_MS = 15_000;
/** Changes that come quickly one after the other are told together. */
const BREATH_MS = 200;

export type ItemsEvent =
  /** Items were added, changed, deleted or put back: list them anew. */
  | { type: "changed"; at: Date }
  | { type: "beat" }
  /** It is over: it has lasted long, the server stops, or the caller may not go on, for which `code` is the reason. */
  | { type: "end"; reason: "lasted" | "stopping"; code: null }
  | { type: "end"; reason: "refused"; code: ErrorCode };

/**
 * Tells that items of the tenant change from now on, or have since `since`; not which: whoever lists them asks under their
 * own rights, filter and order. The caller is identified anew before anything is told.
 *
 * @param again who is asking, found out anew as at the first time.
 * @param signal that nobody is reading any more.
 * @throws AppError `rate_limited` at once, when the caller watches too often already.
 */
export function watchItems(
  tenant: TenantContext,
  watch: { since: Date | undefined; again: () => Promise<TenantContext>; signal: AbortSignal },
): AsyncGenerator<ItemsEvent, void> {
  const inbox = subscribe(tenant.tenantId, "items", tenant.principal.sub);
  const leave = () => unsubscribe(inbox);
  watch.signal.addEventListener("abort", leave);
  if (watch.signal.aborted) leave();
  return follow();

  async function lookAgain(missedSince: Date | null): Promise<{ at: Date; hasMissed: boolean }> {
    const caller = await watch.again();
    if (caller.tenantId !== tenant.tenantId) throw new AppError("tenant_mismatch");
    const at = new Date();
    return { at, hasMissed: missedSince !== null && (await haveChanged(caller, missedSince)) };
  }

  async function* follow(): AsyncGenerator<ItemsEvent, void> {
    const end = Date.now() + spread(LIFE_MS);
    let from = watch.since ?? new Date();
    try {
      while (Date.now() < end) {
        const { ids, isLive, hasGap } = await inbox.next(spread(BEAT_MS));
        if (watch.signal.aborted) return;
        if (inbox.isClosed) {
          yield { type: "end", reason: "stopping", code: null };
          return;
        }
        const isHeard = ids.length > 0;
        const { at, hasMissed } = await guardedRequest(() => lookAgain(hasGap && !isHeard ? from : null));
        yield isHeard || hasMissed ? { type: "changed", at } : { type: "beat" };
        if (isLive) from = at;
        if (isHeard) await breath();
      }
      yield { type: "end", reason: "lasted", code: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      yield { type: "end", reason: "refused", code: error.code };
    } finally {
      leave();
      watch.signal.removeEventListener("abort", leave);
    }
  }
}

/** Whether an item was written or deleted since. */
async function haveChanged({ tenantId }: TenantContext, since: Date): Promise<boolean> {
  const from = new Date(since.getTime() - OVERLAP_MS);
  const [written, deleted] = await readTenant(tenantId, (tx) =>
    Promise.all([
      tx
        .select({ id: items.id })
        .from(items)
        .where(and(eq(items.tenantId, tenantId), gt(items.updatedAt, from)))
        .limit(1),
      tx
        .select({ id: deletedItems.id })
        .from(deletedItems)
        .where(and(eq(deletedItems.tenantId, tenantId), gt(deletedItems.deletedAt, from)))
        .limit(1),
    ]),
  );
  return written.length + deleted.length > 0;
}

function spread(ms: number): number {
  return ms * (1 - SPREAD * Math.random());
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BREATH_MS));
}
