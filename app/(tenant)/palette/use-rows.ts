"use client";

import { useEffect, useState } from "react";
import { isObject } from "@/lib/shape";
import { ask, readPage } from "../../api-client";
import { addressOf, type Choice, fitting, type Searched } from "./choice";

const PAUSE_MS = 200;

type Found = { of: string | null; rows: Choice[]; hasFailed: boolean };
type Options = {
  /** How many of each list. */
  most?: number;
  /** While nothing is typed, what the lists begin with. */
  isEager?: boolean;
};

/** What the lists have of what is typed, a few of each, shortly after the last key; whether one of them failed. */
export function useRows(
  lists: readonly Searched[],
  typed: string,
  { most = 5, isEager = false }: Options = {},
): { rows: Choice[]; isSearching: boolean; hasFailed: boolean } {
  const [found, setFound] = useState<Found>({ of: null, rows: [], hasFailed: false });
  const wanted = typed.trim();
  const isIdle = wanted === "" && !isEager;
  useEffect(() => {
    if (isIdle) return;
    const stopped = new AbortController();
    const search = async () => {
      const all = await Promise.all(lists.map((list) => rowsOf(list, wanted, most, stopped.signal)));
      if (stopped.signal.aborted) return;
      setFound({
        of: wanted,
        rows: all.flatMap((rows) => rows ?? []),
        hasFailed: all.some((rows) => rows === null),
      });
    };
    const timer = setTimeout(search, wanted === "" ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [lists, wanted, most, isIdle]);
  if (isIdle) return { rows: [], isSearching: false, hasFailed: false };
  const isSearching = wanted !== found.of;
  // What was found for less is shown as long as it fits: Enter must not take what does not.
  const rows = isSearching ? fitting(found.rows, wanted) : found.rows;
  return { rows, isSearching, hasFailed: found.hasFailed && !isSearching };
}

/** Null where the list cannot be searched now. */
async function rowsOf(
  list: Searched,
  wanted: string,
  most: number,
  signal: AbortSignal,
): Promise<Choice[] | null> {
  const query = new URLSearchParams({ ...(wanted !== "" && { [list.by]: wanted }), limit: String(most) });
  const answered = await ask(`${list.list}?${query}`, { signal, read: readPage(isObject) }).catch(
    (error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    },
  );
  if (!answered?.ok) return null;
  return answered.answer.rows.map((row, at) => ({
    id: `${list.name}-${String(row.id ?? at)}`,
    label: String(row[list.shows] ?? ""),
    ...(list.beside && { detail: String(row[list.beside] ?? "") }),
    href: addressOf(list.href, row),
    icon: list.icon,
  }));
}
