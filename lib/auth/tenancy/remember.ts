import { apart } from "../../db/guards";
import { RecentMap } from "../../recent-map";

const MAX_REMEMBERED = 10_000;

/**
 * Asks once per key and `seconds` in this process: who asks in between has the same answer, also while it is under
 * way. What failed is asked anew.
 */
export function remember<T>(seconds: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new RecentMap<{ answer: Promise<T>; until: number }>(MAX_REMEMBERED);
  return (key, ask) => {
    const before = known.get(key);
    if (before && Date.now() < before.until) return before.answer;
    const answer = apart(ask);
    known.keep(key, { answer, until: Date.now() + seconds * 1000 });
    answer.catch(() => {
      if (known.get(key)?.answer === answer) known.delete(key);
    });
    return answer;
  };
}
