export type Place = { q: string; shown?: number | undefined; item?: string | null | undefined };

/** The address of a place in the list; what is as usual is not said. */
export function itemsAddress({ q, shown = 0, item }: Place): string {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (shown > 50) params.set("shown", String(Math.min(shown, 500)));
  if (item) params.set("item", item);
  return params.size > 0 ? `/items?${params}` : "/items";
}

/** The address of the same rows as a file. */
export function exportAddress(q: string): string {
  return `/api/items/export${q && `?${new URLSearchParams({ contains: q })}`}`;
}
