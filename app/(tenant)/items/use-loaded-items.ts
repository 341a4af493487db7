"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { itemShape } from "@/lib/items/answers";
import type { Item } from "@/lib/items/contract";
import { ask, type ListPage, type Refused, readPage } from "../../api-client";
import { useRouter } from "../../use-router";

export type FirstItems = ListPage<Item>;
type Loaded = FirstItems & { of: FirstItems; q: string };

/** What was loaded, after which first rows, and the scroll position. Only Back brings the very same first rows again. */
let remembered: (Loaded & { top: number }) | null = null;

/** The rows of the list: those that the server sent with the page, and those that were loaded onto them since. */
export function useLoadedItems(first: FirstItems, q: string) {
  const router = useRouter();
  const [kept, setKept] = useState<Loaded>(() =>
    remembered?.of === first ? remembered : { ...first, of: first, q },
  );
  const [loading, setLoading] = useState(false);
  /** Why the next page did not come. */
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const loaded = kept.of === first ? kept : onto(first, kept, q);

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
    const now = { rows, next, of: first, q };
    remembered = { ...now, top: window.scrollY };
    setKept(now);
  }

  /** Appends the next page. @returns the number of rows then; null when no page came. */
  async function loadMore(): Promise<number | null> {
    if (loaded.next === null || loading) return null;
    setLoading(true);
    setRefusal(null);
    const params = new URLSearchParams({ cursor: loaded.next, ...(q && { contains: q }) });
    const page = await ask(`/api/items?${params}`, { read: readPage(itemShape) });
    setLoading(false);
    if (!page.ok) {
      setRefusal(page);
      return null;
    }
    const known = new Set(loaded.rows.map(({ id }) => id));
    const fresh = page.answer.rows.filter(({ id }) => !known.has(id));
    keep([...loaded.rows, ...fresh], page.answer.next);
    return loaded.rows.length + fresh.length;
  }

  /** Shows an item as it was saved, until the server answers with the list. */
  function put(item: Item) {
    const isKnown = loaded.rows.some(({ id }) => id === item.id);
    if (isKnown) keep(loaded.rows.map((row) => (row.id === item.id ? item : row)));
    router.refresh();
  }

  return { rows: loaded.rows, hasMore: loaded.next !== null, loading, refusal, loadMore, put };
}

/** The new first rows, and below them those that were loaded before: a late answer takes nothing away. */
function onto(first: FirstItems, { rows, next, q: before }: Loaded, q: string): Loaded {
  const last = first.rows.at(-1);
  const isBelow = ({ created_at, id }: Item) =>
    last !== undefined && (created_at < last.created_at || (created_at === last.created_at && id < last.id));
  const below = before === q && first.next !== null ? rows.filter(isBelow) : [];
  return { rows: [...first.rows, ...below], next: below.length > 0 ? next : first.next, of: first, q };
}
