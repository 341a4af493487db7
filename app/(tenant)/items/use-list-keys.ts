"use client";

import { focusedRow, focusRow, rowElements } from "./row-elements";
import { useKeys } from "./use-keys";

type Acts = {
  search: () => void;
  help: () => void;
  /** Takes an item's id, or `new`; null for readers. */
  open: ((item: string) => void) | null;
  choose: (item: string) => void;
  undo: (() => void) | null;
  /** Called for a move beyond the last row. */
  loadMore: () => void;
};

/** The keys of the list; KeysDialog explains them. */
export function useListKeys({ search, help, open, choose, undo, loadMore }: Acts) {
  function move(by: 1 | -1) {
    const rows = rowElements();
    const { at } = focusedRow();
    const to = at === -1 ? 0 : at + by;
    focusRow(rows[to]);
    if (to === rows.length) loadMore();
  }

  function edit() {
    const { id } = focusedRow();
    if (id) open?.(id);
  }

  function chooseRow() {
    const { id } = focusedRow();
    if (id) choose(id);
  }

  return useKeys({
    "/": search,
    "?": help,
    j: () => move(1),
    k: () => move(-1),
    x: chooseRow,
    e: edit,
    Enter: edit,
    ...(undo && { z: undo }),
    ...(open && { n: () => open("new") }),
  });
}
