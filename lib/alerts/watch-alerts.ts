import { and, asc, gt, inArray, type SQL } from "drizzle-orm";
import type { TenantContext } from "../auth/tenancy/tenant";
import { guardedRequest } from "../db/client";
import { subscribe, unsubscribe } from "../db/tenant-notices";
import { readTenant } from "../db/with-tenant";
import { AppError, type ErrorCode } from "../errors";
import { type Alert, toAlert } from "./contract";
import { alertFields, alerts } from "./tables";
import { visibleAlerts } from "./visible";

/** A sign of life at least this often; at each, the right to watch is looked at anew. */
const BEAT_MS = 20_000;
/** A watch ends by itself after this long: whoever goes on watching begins another one, perhaps on another server. */
const LIFE_MS = 10 * 60_000;
/** Those that began together, as after a restart, must not stay together: so much earlier, at the most, each goes on. */
const SPREAD = 0.5;
/**
 * A row carries the time at which its transaction worked, and shows when that commits: at most two statements later
 * (5 s each), by a clock that may be a few seconds off.
 */
const OVERLAP_MS = 15_000;
/** More than a page shows: it had better be read anew. */
const MOST_AT_ONCE = 100;
/** Changes that come quickly one after the other are read together. */
const BREATH_MS = 200;

/** `at` is what to give as `since` next time. */
export type WatchEvent =
  | { type: "alerts"; alerts: Alert[]; at: Date }
  /** Too much has changed to tell: read the list anew. */
  | { type: "reset"; at: Date }
  /** Whether changes are told at the moment. */
  | { type: "live"; live: boolean }
  | { type: "beat" }
  /** It is over: it has lasted long, the server stops, or the caller may not go on, for which `code` is the reason. */
  | { type: "end"; reason: "lasted" | "stopping"; code: null }
  | { type: "end"; reason: "refused"; code: ErrorCode };

/**
 * Tells every alert that changes from now on (or has since `since`) and that the caller may see, as it then is. The
 * caller is identified anew before anything is told, so that who has signed out, lost their role or gone to another
 * tenant is told nothing more.
 *
 * @param again who is asking, found out anew as at the first time.
 * @param signal that nobody is reading any more.
 * @throws AppError `rate_limited` at once, when the caller watches too often already.
 */
export function watchAlerts(
  tenant: TenantContext,
  watch: { since: Date | undefined; again: () => Promise<TenantContext>; signal: AbortSignal },
): AsyncGenerator<WatchEvent, void> {
  const inbox = subscribe(tenant.tenantId, "alerts", tenant.principal.sub);
  const leave = () => unsubscribe(inbox);
  watch.signal.addEventListener("abort", leave);
  if (watch.signal.aborted) leave();
  return follow();

  async function lookAgain(heard: SQL | undefined): Promise<{ at: Date; changed: Alert[] | null }> {
    const caller = await watch.again();
    if (caller.tenantId !== tenant.tenantId) throw new AppError("tenant_mismatch");
    return { at: new Date(), changed: heard ? await visibleNow(caller, heard) : null };
  }

  async function* follow(): AsyncGenerator<WatchEvent, void> {
    const end = Date.now() + spread(LIFE_MS);
    let from = watch.since ?? new Date();
    let wasLive: boolean | null = null;
    try {
      while (Date.now() < end) {
        const { ids, isLive, hasGap } = await inbox.next(spread(BEAT_MS));
        if (watch.signal.aborted) return;
        if (inbox.isClosed) {
          yield { type: "end", reason: "stopping", code: null };
          return;
        }
        const missed = hasGap ? gt(alerts.updatedAt, new Date(from.getTime() - OVERLAP_MS)) : undefined;
        const heard = missed ?? (ids.length > 0 ? inArray(alerts.id, ids) : undefined);
        const { at, changed } = await guardedRequest(() => lookAgain(heard));
        if (changed) {
          if (changed.length > MOST_AT_ONCE) yield { type: "reset", at };
          else if (changed.length > 0 || hasGap) yield { type: "alerts", alerts: changed, at };
        } else if (isLive === wasLive) yield { type: "beat" };
        if (isLive) from = at;
        if (isLive !== wasLive) yield { type: "live", live: isLive };
        wasLive = isLive;
        if (changed) await breath();
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

function visibleNow(tenant: TenantContext, which: SQL): Promise<Alert[]> {
  return readTenant(tenant.tenantId, async (tx) => {
    const rows = await tx
      .select(alertFields(tenant))
      .from(alerts)
      .where(and(visibleAlerts(tenant), which))
      .orderBy(asc(alerts.updatedAt), asc(alerts.id))
      .limit(MOST_AT_ONCE + 1);
    return rows.map(toAlert);
  });
}

function spread(ms: number): number {
  return ms * (1 - SPREAD * Math.random());
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BREATH_MS));
}
