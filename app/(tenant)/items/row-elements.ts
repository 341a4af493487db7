"use client";

import type { MouseEvent } from "react";

/** The rows of the list, as they are on the page now. */
export function rowElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("tr[data-item]")];
}

export function rowOf(id: string): HTMLElement | undefined {
  return rowElements().find(({ dataset }) => dataset.item === id);
}

/** The row with the focus; `at` is -1 when there is none. */
export function focusedRow(): { at: number; id: string | undefined } {
  const rows = rowElements();
  const at = rows.findIndex((each) => each.contains(document.activeElement));
  return { at, id: rows[at]?.dataset.item };
}

/** Focuses the row's button; the row itself for somebody who cannot open it. */
export function focusRow(row: HTMLElement | undefined): void {
  (row?.querySelector<HTMLElement>("button, a") ?? row)?.focus();
}

/** Opens the row that was clicked beside its button: who selects its text, or presses something in it, does not want that. */
export function openClicked({ target, button, metaKey, ctrlKey }: MouseEvent<HTMLElement>): void {
  if (!(target instanceof Element) || target.closest("a, button, label, input")) return;
  if (button !== 0 || metaKey || ctrlKey || document.getSelection()?.type === "Range") return;
  target.closest("tr[data-item]")?.querySelector<HTMLElement>("button, a")?.click();
}
