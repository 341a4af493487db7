"use client";

import { isDown, whenReachable } from "./connection";
import { useRouter } from "./use-router";

/** Where one wants to go once there is a connection; the last wish counts. */
let goal: string | null = null;

/**
 * A function that keeps a page which cannot be left now: Next would show what it has fetched ahead of the next one, and
 * wait there. Once there is a connection one goes on, unless one has begun something else by then.
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
    if (isWaiting) return true;
    whenReachable(() => {
      const to = goal ?? href;
      goal = null;
      const isBusy = document.querySelector("dialog[open]") !== null;
      if (window.location.href === from && !isBusy) router.push(to, { scroll });
    });
    return true;
  };
}
