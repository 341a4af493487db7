"use client";

import { useState } from "react";
import type { Item } from "@/lib/items/contract";

/** The rows that are ticked; those that are gone are no longer. */
export function useChosen(rows: Item[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen: rows.filter(({ id }) => ids.has(id)),
    choose: (id: string, isChosen: boolean) =>
      setIds((before) => new Set([...before].filter((each) => each !== id).concat(isChosen ? id : []))),
    chooseOnly: (items: Item[]) => setIds(new Set(items.map(({ id }) => id))),
  };
}
