"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { isObject } from "@/lib/shape";
import { ask, readPage } from "../../api-client";
import { type Choice, type ChoiceList, fitting } from "./choice";

const PAUSE_MS = 200;

type Found<C> = { of: string | null; rows: C[]; hasFailed: boolean };
type Options = {
  /** How many of each list. */
  most?: number;
  /** While nothing is typed, what the lists begin with. */
  isEager?: boolean;
};

/** What the lists have of what is typed, a few of each, shortly after the last key; whether one of them failed. */
export function useRows<C extends Choice>(
  lists: readonly ChoiceList<C>[],
  typed: string,
  { most = 5, isEager = false }: Options = {},
): { rows: C[]; isSearching: boolean; hasFailed: boolean } {
  const [found, setFound] = useState<Found<C>>({ of: null, rows: [], hasFailed: false });
  const wanted = typed.trim();
  const isIdle = wanted === "" && !isEager;
  const search = useEffectEvent(async (stopped: AbortSignal) => {
    const all = await Promise.all(lists.map((list) => rowsOf(list, wanted, most, stopped)));
    if (stopped.aborted) return;
    setFound({
      of: wanted,
      rows: all.flatMap((rows) => rows ?? []),
      hasFailed: all.some((rows) => rows === null),
    });
  });
  useEffect(() => {
    if (isIdle) return;
    const stopped = new AbortController();
    const timer = setTimeout(() => search(stopped.signal), wanted === "" ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [wanted, isIdle]);
  if (isIdle) return { rows: [], isSearching: false, hasFailed: false };
  const isSearching = wanted !== found.of;
  // What was found for less is shown as long as it fits: Enter must not take what does not.
  const rows = isSearching ? fitting(found.rows, wanted) : found.rows;
  return { rows, isSearching, hasFailed: found.hasFailed && !isSearching };
}

/** Null where the list cannot be searched now. */
async function rowsOf<C extends Choice>(
  { list, by, choiceOf }: ChoiceList<C>,
  wanted: string,
  most: number,
  signal: AbortSignal,
): Promise<C[] | null> {
  const query = new URLSearchParams({ ...(wanted !== "" && { [by]: wanted }), limit: String(most) });
  const answered = await ask(`${list}?${query}`, { signal, read: readPage(isObject) }).catch(
    (error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    },
  );
  return answered?.ok ? answered.answer.rows.map(choiceOf) : null;
}
