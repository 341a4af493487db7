import { guardedRequest } from "../../db/client";
import { subscribe, unsubscribe } from "../../db/tenant-notices";
import { AppError, type ErrorCode } from "../../errors";
import type { TenantContext } from "./tenant";

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
/** Changes that come quickly one after the other are read together. */
const BREATH_MS = 200;

export type Watch = {
  /** From when on; from now on without it. */
  since: Date | undefined;
  /** Who is asking, found out anew as at the first time. */
  again: () => Promise<TenantContext>;
  /** That nobody is reading any more. */
  signal: AbortSignal;
};

/**
 * What was heard of: the ids of rows, and from when on something may have been missed, if anything was.
 *
 * @public for features
 */
export type HeardOf = { ids: string[]; missedSince: Date | null };

/** What a watch tells of itself. */
export type WatchSign =
  /** Whether changes are told at the moment. */
  | { type: "live"; live: boolean }
  | { type: "beat" }
  /** It is over: it has lasted long, the server stops, or the caller may not go on, for which `code` is the reason. */
  | { type: "end"; reason: "lasted" | "stopping"; code: null }
  | { type: "end"; reason: "refused"; code: ErrorCode };

/**
 * What was looked up. `at` is what to give as `since` next time.
 *
 * @public for features
 */
export type Looked<Found> = { type: "looked"; found: Found; hasGap: boolean; at: Date };

/**
 * Looks up what changes in a topic of the tenant. The caller is identified anew before each look, so that who has signed
 * out, lost their role or gone to another tenant is told nothing more.
 *
 * @param look reads what the caller may know of it.
 * @throws AppError `rate_limited` at once, when the caller watches too often already.
 *
 * @public for features
 */
export function watchTopic<Found>(
  tenant: TenantContext,
  topic: string,
  { since, again, signal }: Watch,
  look: (caller: TenantContext, heardOf: HeardOf) => Promise<Found>,
): AsyncGenerator<Looked<Found> | WatchSign, void> {
  const inbox = subscribe(tenant.tenantId, topic, tenant.principal.sub);
  const leave = () => unsubscribe(inbox);
  signal.addEventListener("abort", leave);
  if (signal.aborted) leave();
  return follow();

  async function lookAgain(heardOf: HeardOf): Promise<{ at: Date; found: Found | null }> {
    const caller = await again();
    if (caller.tenantId !== tenant.tenantId) throw new AppError("tenant_mismatch");
    const hasChanged = heardOf.ids.length > 0 || heardOf.missedSince !== null;
    return { at: new Date(), found: hasChanged ? await look(caller, heardOf) : null };
  }

  async function* follow(): AsyncGenerator<Looked<Found> | WatchSign, void> {
    const end = Date.now() + spread(LIFE_MS);
    let from = since ?? new Date();
    let wasLive: boolean | null = null;
    try {
      while (Date.now() < end) {
        const { ids, isLive, hasGap } = await inbox.next(spread(BEAT_MS));
        if (signal.aborted) return;
        if (inbox.isClosed) {
          yield { type: "end", reason: "stopping", code: null };
          return;
        }
        const missedSince = hasGap ? new Date(from.getTime() - OVERLAP_MS) : null;
        const { at, found } = await guardedRequest(() => lookAgain({ ids, missedSince }));
        if (found !== null) yield { type: "looked", found, hasGap, at };
        else if (isLive === wasLive) yield { type: "beat" };
        if (isLive) from = at;
        if (isLive !== wasLive) yield { type: "live", live: isLive };
        wasLive = isLive;
        if (found !== null) await breath();
      }
      yield { type: "end", reason: "lasted", code: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      yield { type: "end", reason: "refused", code: error.code };
    } finally {
      leave();
      signal.removeEventListener("abort", leave);
    }
  }
}

function spread(ms: number): number {
  return ms * (1 - SPREAD * Math.random());
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BREATH_MS));
}
