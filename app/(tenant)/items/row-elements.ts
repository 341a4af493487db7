"use client";

/** The rows of the list, as they are on the page now. */
export function rowElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("li[data-item]")];
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
