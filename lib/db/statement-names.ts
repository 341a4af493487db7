/** Of more a server would keep a copy for each connection. */
const MOST_NAMED = 200;
const MOST_SEEN = 2_000;

/**
 * Names for statements that come again, by which a server knows them: it reads and rewrites a text, policies included,
 * once for each connection. What comes once, such as a list of ids of some length, has none.
 */
export class StatementNames {
  readonly #seen = new Set<string>();
  readonly #names = new Map<string, string>();

  /** The name of a statement that was seen before. */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size === MOST_NAMED) return name;
    if (this.#seen.delete(text)) return this.#named(text);
    if (this.#seen.size < MOST_SEEN) this.#seen.add(text);
    return undefined;
  }

  #named(text: string): string {
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
