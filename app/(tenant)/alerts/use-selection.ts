"use client";

import { useState } from "react";
import type { Alert } from "@/lib/alerts/contract";

const idsOf = (alerts: Alert[]) => alerts.map(({ id }) => id);

/**
 * The alerts that are ticked, to be moved on together.
 *
 * @param rows as the server sent them; when it sends them again, those that are gone are no longer ticked.
 */
export function useSelection(rows: Alert[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [given, setGiven] = useState(rows);
  if (given !== rows) {
    setGiven(rows);
    setSelected(new Set(idsOf(rows).filter((id) => selected.has(id))));
  }

  function select(id: string, isSelected: boolean) {
    setSelected((before) => new Set([...before].filter((each) => each !== id).concat(isSelected ? id : [])));
  }

  return {
    selected,
    select,
    selectOnly: (alerts: Alert[]) => setSelected(new Set(idsOf(alerts))),
    unselect: (ids: string[]) =>
      setSelected((before) => new Set([...before].filter((id) => !ids.includes(id)))),
  };
}
