"use client";

import { isDown, whenReachable } from "./connection";
import { noteLeaving, noteStaying } from "./leaving";
import { useRouter } from "./use-router";

/** Where to go once there is a connection; the last click counts. */
let goal: string | null = null;

/**
 * A function that holds a navigation back while there is no connection: Next would show what it prefetched of the next
 * page, and wait there. It goes on once there is a connection, unless the person has begun something else by then.
 *
 * @returns whether it took care of it.
 */
export function useGoal(): (href: string, scroll?: boolean) => boolean {
  const router = useRouter();
  return (href, scroll = true) => {
    if (!isDown()) return false;
    const from = window.location.href;
    const isWaiting = goal !== null;
    goal = href;
    noteLeaving(href, true);
    if (isWaiting) return true;
    whenReachable(() => {
      const to = goal ?? href;
      goal = null;
      const isBusy = document.querySelector("dialog[open]") !== null;
      if (window.location.href === from && !isBusy) router.push(to, { scroll });
      else noteStaying();
    });
    return true;
  };
}
