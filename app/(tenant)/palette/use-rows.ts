"use client";

import { useEffect, useState } from "react";
import { isObject } from "@/lib/shape";
import { ask, readPage } from "../../api-client";
import { addressOf, type Choice, type Searched } from "./choice";

const PAUSE_MS = 200;
const MOST = 5;

/** What the tenant's lists have of what is typed, a few of each, shortly after the last key. A list that fails is left out. */
export function useRows(lists: readonly Searched[], typed: string): { rows: Choice[]; isSearching: boolean } {
  const [found, setFound] = useState<{ of: string; rows: Choice[] }>({ of: "", rows: [] });
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === "") return;
    const stopped = new AbortController();
    const timer = setTimeout(async () => {
      const all = await Promise.all(lists.map((list) => rowsOf(list, wanted, stopped.signal)));
      if (!stopped.signal.aborted) setFound({ of: wanted, rows: all.flat() });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [lists, wanted]);
  const isCurrent = wanted === found.of || wanted === "";
  return { rows: wanted === "" ? [] : found.rows, isSearching: !isCurrent };
}

async function rowsOf(list: Searched, wanted: string, signal: AbortSignal): Promise<Choice[]> {
  const query = new URLSearchParams({ [list.by]: wanted, limit: String(MOST) });
  const answered = await ask(`${list.list}?${query}`, { signal, read: readPage(isObject) }).catch(
    (error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    },
  );
  if (!answered?.ok) return [];
  return answered.answer.rows.map((row, at) => ({
    id: `${list.name}-${String(row.id ?? at)}`,
    label: String(row[list.shows] ?? ""),
    href: addressOf(list.href, row),
    icon: list.icon,
  }));
}
