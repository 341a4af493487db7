"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps the focus in the list of alerts when the element that has it may be gone after the next rendering.
 *
 * @returns a function to call with the change. It takes ids of alerts: the first one that is there gets the focus, else
 *   the first checkbox of the list, else the list.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const wanted = useRef<(string | undefined)[] | null>(null);
  // A layout effect: a passive one of the rendering before could run after the request, and use it up.
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
