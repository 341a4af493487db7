/** A map that stays small: beyond so many entries, the one that was longest not kept again is forgotten. */
export class RecentMap<Value> extends Map<string, Value> {
  readonly #most: number;

  /** @param most how many entries stay. */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  /** Keeps an entry, or keeps it again. */
  keep(key: string, value: Value): void {
    this.delete(key);
    this.set(key, value);
    const oldest = this.keys().next();
    if (this.size > this.#most && !oldest.done) this.delete(oldest.value);
  }
}
