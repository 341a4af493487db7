import type { Sort } from "@/lib/items/kinds";

/** How long ago an item was changed at most, in days as an address says them. */
export const CHANGED_WITHIN = ["1", "7", "30"] as const;
const DAY_MS = 24 * 60 * 60_000;

/** How the list is narrowed and ordered; it stands in the address of the page. */
export type Asked = {
  q: string;
  sort?: Sort | undefined;
  owner?: "me" | undefined;
  changed?: (typeof CHANGED_WITHIN)[number] | undefined;
};
export type Place = Asked & { shown?: number | undefined; item?: string | null | undefined };

/** The address of a place in the list; what is as usual is not said. */
export function itemsAddress({ q, sort, owner, changed, shown = 0, item }: Place): string {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (sort && sort !== "-created") params.set("sort", sort);
  if (owner) params.set("owner", owner);
  if (changed) params.set("changed", changed);
  if (shown > 50) params.set("shown", String(Math.min(shown, 500)));
  if (item) params.set("item", item);
  return params.size > 0 ? `/items?${params}` : "/items";
}

/** The same as the API is asked for it. @param now from when the days count back, to the minute. */
export function queryOf({ q, sort, owner, changed }: Asked, now: number) {
  const since = Math.floor(now / 60_000) * 60_000 - Number(changed) * DAY_MS;
  return {
    ...(q && { contains: q }),
    ...(sort && { sort }),
    ...(owner && { owner }),
    ...(changed && { changed_since: new Date(since).toISOString() }),
  };
}

/** The address of the same rows as a file, or of those that are named. */
export function exportAddress(asked: Asked, ids: readonly string[] = []): string {
  const chosen = ids.length > 0 ? { ids: ids.join(",") } : queryOf(asked, Date.now());
  const { sort } = asked;
  const params = new URLSearchParams({ ...chosen, ...(sort && { sort }) });
  return params.size > 0 ? `/api/items/export?${params}` : "/api/items/export";
}
