"use client";

import type { MouseEvent } from "react";
import { useGoal } from "./use-goal";
import { useRouter } from "./use-router";

/**
 * A listener for what holds many links within the application: it follows them as `Link` does. A list then has one
 * script for all of its rows, where a `Link` in each would be rendered, sent and brought to life by itself.
 */
export function useFollowedLinks(): (event: MouseEvent<HTMLElement>) => void {
  const router = useRouter();
  const goLater = useGoal();
  return (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
    const link = target instanceof Element ? target.closest("a") : null;
    // The browser opens another tab or window, or saves the file.
    if (!link || defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    if (link.origin !== window.location.origin || link.hasAttribute("download") || link.target) return;
    event.preventDefault();
    const address = link.pathname + link.search;
    if (!goLater(address)) router.push(address);
  };
}
