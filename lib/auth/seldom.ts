const MAX_REMEMBERED = 10_000;

/**
 * Does something once per key and `seconds` in this process, and nothing in between: for what repeats with each
 * request. What failed is tried again at the next occasion.
 */
export function seldom(seconds: number): (key: string, work: () => Promise<void>) => Promise<void> {
  const until = new Map<string, number>();
  return async (key, work) => {
    if (Date.now() < (until.get(key) ?? 0)) return;
    until.delete(key);
    until.set(key, Date.now() + seconds * 1000);
    const oldest = until.keys().next();
    if (until.size > MAX_REMEMBERED && !oldest.done) until.delete(oldest.value);
    try {
      await work();
    } catch (error) {
      until.delete(key);
      throw error;
    }
  };
}
