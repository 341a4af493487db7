/**
 * Moves the focus before a row is removed: to the last button of the next row, else of the one before, else to `instead`. The
 * focus would go with the row, and a screen reader would start at the top of the page.
 */
export function leaveRow(row: Element | null | undefined, instead: HTMLElement | null): void {
  const rows = [...(row?.parentElement?.children ?? [])];
  const at = row ? rows.indexOf(row) : -1;
  const others = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0)).reverse()];
  const buttons = others.map((each) =>
    [...each.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")].at(-1),
  );
  (buttons.find((button) => button !== undefined) ?? instead)?.focus();
}
