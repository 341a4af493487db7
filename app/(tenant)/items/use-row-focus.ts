"use client";

import { type RefObject, useEffect, useRef } from "react";
import { focusRow, rowElements, rowOf } from "./row-elements";

type Shown = { opened: string | null; count: number; adding: RefObject<HTMLButtonElement | null> };

/**
 * Moves the focus on when the element that had it is gone: after the dialog of an item, and after the last page, when
 * the button for more goes.
 *
 * @param shown the item in the dialog, the number of rows, and where the button for a new item is.
 * @returns a function to call before rows are loaded: the first of them gets the focus.
 */
export function useRowFocus({ opened, count, adding }: Shown): () => void {
  const wasOpen = useRef<string | null>(null);
  useEffect(() => {
    const before = wasOpen.current;
    wasOpen.current = opened;
    // A dialog that Back closed does not give the focus back by itself.
    if (before === null || opened !== null || document.activeElement !== document.body) return;
    if (before === "new") adding.current?.focus();
    else focusRow(rowOf(before));
  }, [opened, adding]);

  const firstLoaded = useRef<number | null>(null);
  useEffect(() => {
    if (firstLoaded.current === null || count <= firstLoaded.current) return;
    if (document.activeElement === document.body) focusRow(rowElements()[firstLoaded.current]);
    firstLoaded.current = null;
  }, [count]);

  return () => {
    firstLoaded.current = count;
  };
}
