/** Records by id, with lookups by whatever else the callers ask for. Iterates in order of insertion. */
export class Table<T> {
  private readonly rows = new Map<string, T>();
  private readonly lookups = new Map<string, Map<string, Set<string>>>();

  /** @param indexes for each lookup, the keys under which a record is found. */
  constructor(private readonly indexes: Record<string, (row: T) => string[]> = {}) {
    for (const name of Object.keys(indexes)) this.lookups.set(name, new Map());
  }

  get size(): number {
    return this.rows.size;
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  entries(): IterableIterator<[string, T]> {
    return this.rows.entries();
  }

  /** The records found under `key`, in order of insertion into that key. */
  find(index: string, key: string): T[] {
    const found: T[] = [];
    for (const id of this.lookups.get(index)?.get(key) ?? []) {
      const row = this.rows.get(id);
      if (row !== undefined) found.push(row);
    }
    return found;
  }

  count(index: string, key: string): number {
    return this.lookups.get(index)?.get(key)?.size ?? 0;
  }

  set(id: string, row: T | null): void {
    const before = this.rows.get(id);
    for (const [name, keysOf] of Object.entries(this.indexes)) {
      const lookup = this.lookups.get(name);
      if (lookup)
        reindex(lookup, id, { before: before && keysOf(before), after: row === null ? [] : keysOf(row) });
    }
    if (row === null) this.rows.delete(id);
    else this.rows.set(id, row);
  }
}

/** Touches only keys that changed, so that a rewritten record keeps its place in a listing. */
function reindex(
  lookup: Map<string, Set<string>>,
  id: string,
  { before = [], after }: { before: string[] | undefined; after: string[] },
): void {
  for (const key of before) {
    if (after.includes(key)) continue;
    const ids = lookup.get(key);
    ids?.delete(id);
    if (ids?.size === 0) lookup.delete(key);
  }
  for (const key of after) {
    const ids = lookup.get(key);
    if (ids) ids.add(id);
    else lookup.set(key, new Set([id]));
  }
}
