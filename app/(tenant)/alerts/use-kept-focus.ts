"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Minds the focus of a list of alerts. What had it may be gone after the next rendering.
 *
 * @returns a function that is called with the changes, and given the ids of the alerts to go on at: the first that is
 *   there gets the focus, else what comes first in the list, else the list itself.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const wanted = useRef<(string | undefined)[] | null>(null);
  // In the layout phase: the effect of a rendering before this one could come later than the wish, and use it up.
  useLayoutEffect(() => {
    const ids = wanted.current;
    wanted.current = null;
    // A browser takes the focus from a button that is disabled, only a little later.
    if (ids === null || document.activeElement?.matches("body, :disabled") === false) return;
    const row = ids.map((id) => document.getElementById(`alert-${id}`)).find((each) => each !== null);
    const first = list.current?.querySelector<HTMLElement>("input:enabled") ?? list.current;
    (row ? (row.querySelector("button") ?? row) : first)?.focus();
  });
  return (ids: (string | undefined)[]) => {
    wanted.current = ids;
  };
}

/** Whether somebody is about to click in the list, or has read on below its beginning. A thumb gives no sign of it. */
export function isBusy(list: HTMLElement | null): boolean {
  if (!list || list.querySelector("li") === null) return false;
  return (
    window.matchMedia("(hover: none)").matches ||
    list.matches(":hover, :focus-within") ||
    list.getBoundingClientRect().top < 0
  );
}
