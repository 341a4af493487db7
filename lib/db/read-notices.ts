import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Listen } from "./listen";
import type { Query } from "./opened";

const EVERY_MS = 1_000;
/** Who has not been seen for a minute reads no more, and nothing is kept for it (`keep_notice`). */
const SEEN_EVERY = 20;
/** Longer than a transaction of the application lives. */
const OLDEST_SECONDS = 60;
/** At the start: for what others began before they could know that somebody reads. */
const MOST_WAITS = 10;

type Ask = (query: Query) => Promise<{ rows: unknown[] }>;
type Look = { floor: string; said: [id: string, payload: string][] };

/**
 * Hears what instances tell each other without LISTEN, for where a pooler hands out transactions: one look a second at
 * what was kept, along an index. A look that fails ends it, so that nobody takes silence for quiet.
 */
export function listenByReading(ask: Ask, closed: AbortSignal): Listen {
  const reader = randomUUID();
  const pause = () => sleep(EVERY_MS, undefined, { ref: false, signal: closed });
  return async (_channel, heard, lost) => {
    let known = new Set<string>();
    let from = await register(ask, reader);
    const look = async () => {
      const { floor, said } = await lookFrom(ask, from);
      for (const [id, payload] of said) if (!known.has(id)) heard(payload);
      known = new Set(said.map(([id]) => id));
      from = floor;
    };
    // What began before this reader was there is not kept for it. Whoever subscribes is told to look after that.
    const begun = BigInt(from);
    for (let waits = 0; BigInt(from) <= begun && waits < MOST_WAITS; waits++) {
      if (waits > 0) await pause();
      await look();
    }
    void (async () => {
      for (let looks = 1; ; looks++) {
        await pause();
        if (looks % SEEN_EVERY === 0) await register(ask, reader);
        await look();
      }
    })().catch(lost);
  };
}

/** Has notices kept for this reader. @returns the transaction that did. */
async function register(ask: Ask, reader: string): Promise<string> {
  const { rows } = await ask({
    text: `insert into notice_readers (id, seen_at) values ($1, now())
      on conflict (id) do update set seen_at = excluded.seen_at
      returning pg_current_xact_id()::text as by`,
    values: [reader],
  });
  return (rows as { by: string }[])[0]?.by ?? "0";
}

/**
 * What transactions from this one on have said, and the first that may still say something: a transaction that ends late
 * has an early number. PostgreSQL, "Transaction ID and Snapshot Information Functions".
 */
async function lookFrom(ask: Ask, from: string): Promise<Look> {
  const { rows } = await ask({
    text: `select pg_snapshot_xmin(pg_current_snapshot())::text as floor, coalesce((
        select json_agg(json_build_array(id, payload)) from notices
        where said_by >= $1::xid8 and said_at > now() - make_interval(secs => ${OLDEST_SECONDS})
      ), '[]') as said`,
    values: [from],
  });
  const [found] = rows as Look[];
  if (!found) throw new Error("the database did not say what was told");
  return found;
}
