"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { itemShape } from "@/lib/items/answers";
import type { Item } from "@/lib/items/contract";
import { ask, type ListPage, type Refused, readPage } from "../../api-client";
import { useRouter } from "../../use-router";
import { type Asked, itemsAddress, queryOf } from "./links";

export type FirstItems = ListPage<Item>;
type Loaded = FirstItems & { of: FirstItems; place: string };

/** As many as the API gives at once, and as many as a press loads at most. */
const PAGE = 100;
const MOST_LOADED = 500;
const readItems = readPage(itemShape);

/** What was loaded, after which first rows, and the scroll position. Only Back brings the very same first rows again. */
let remembered: (Loaded & { top: number }) | null = null;

/** The rows of the list: those that the server sent with the page, and those that were loaded onto them since. */
export function useLoadedItems(first: FirstItems, asked: Asked) {
  const place = itemsAddress(asked);
  const router = useRouter();
  const [kept, setKept] = useState<Loaded>(() =>
    remembered?.of === first ? remembered : { ...first, of: first, place },
  );
  const [loading, setLoading] = useState(false);
  /** Why the next page did not come. */
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const loaded = kept.of === first ? kept : onto(first, kept, place);

  const current = useRef(loaded);
  useLayoutEffect(() => {
    current.current = loaded;
  });
  useLayoutEffect(() => {
    // The browser puts the place back before the rows are there.
    if (remembered?.of === current.current.of) window.scrollTo({ top: remembered.top, behavior: "instant" });
    const remember = () => {
      remembered = { ...current.current, top: window.scrollY };
    };
    window.addEventListener("scroll", remember, { passive: true });
    return () => window.removeEventListener("scroll", remember);
  }, []);

  function keep(rows: Item[], next = loaded.next) {
    const now = { rows, next, of: first, place };
    remembered = { ...now, top: window.scrollY };
    setKept(now);
  }

  /**
   * Appends as many rows as there are, so that few presses reach far.
   *
   * @returns the number of rows then; null when none came.
   */
  async function loadMore(): Promise<number | null> {
    if (loaded.next === null || loading) return null;
    setLoading(true);
    setRefusal(null);
    let rows = loaded.rows;
    let next: string | null = loaded.next;
    const wanted = rows.length + Math.min(Math.max(rows.length, 1), MOST_LOADED);
    while (next !== null && rows.length < wanted) {
      const limit = String(Math.min(wanted - rows.length, PAGE));
      const params = new URLSearchParams({ cursor: next, limit, ...queryOf(asked, Date.now()) });
      const page = await ask(`/api/items?${params}`, { read: readItems });
      if (!page.ok) {
        setRefusal(page);
        break;
      }
      const known = new Set(rows.map(({ id }) => id));
      rows = [...rows, ...page.answer.rows.filter(({ id }) => !known.has(id))];
      next = page.answer.next;
    }
    setLoading(false);
    if (rows.length === loaded.rows.length && next === loaded.next) return null;
    keep(rows, next);
    return rows.length;
  }

  /** Shows an item as it was saved, until the server answers with the list. */
  function put(item: Item) {
    const isKnown = loaded.rows.some(({ id }) => id === item.id);
    if (isKnown) keep(loaded.rows.map((row) => (row.id === item.id ? item : row)));
    router.refresh();
  }

  return {
    rows: loaded.rows,
    arrived: arrivedIn(first, kept, place),
    hasMore: loaded.next !== null,
    loading,
    refusal,
    loadMore,
    put,
  };
}

/** Which of the first rows came while the list was looked at: not what only moved up from below. */
function arrivedIn(first: FirstItems, { rows, of, place: before }: Loaded, place: string): Set<string> {
  if (of === first || before !== place) return new Set();
  const known = new Set(rows.map(({ id }) => id));
  const last = first.rows.findLastIndex(({ id }) => known.has(id));
  const above = last === -1 ? first.rows : first.rows.slice(0, last);
  return new Set(above.map(({ id }) => id).filter((id) => !known.has(id)));
}

/** The new first rows, and below them those that were loaded before: a late answer takes nothing away. */
function onto(first: FirstItems, { rows, next, place: before }: Loaded, place: string): Loaded {
  const last = first.rows.at(-1);
  const at = rows.findIndex(({ id }) => id === last?.id);
  const shown = new Set(first.rows.map(({ id }) => id));
  const goesOn = before === place && first.next !== null && at !== -1;
  const below = goesOn ? rows.slice(at + 1).filter(({ id }) => !shown.has(id)) : [];
  return {
    rows: [...first.rows, ...below],
    next: below.length > 0 ? next : first.next,
    of: first,
    place,
  };
}
