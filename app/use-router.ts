"use client";

import { useRouter as useNextRouter } from "next/navigation";
import { useMemo } from "react";
import { whenReachable } from "./connection";
import { noteLeaving, whenSettled } from "./leaving";
import { takeAhead } from "./shown-address";

let isDue = false;

/**
 * Next's router, except that a refresh waits until the server can be reached, and until whoever is leaving has left. Next
 * would drop what it shows, and not even a dialog would open until the connection is back; and what changes meanwhile
 * would have the page that somebody goes to fetched again and again.
 */
export function useRouter(): ReturnType<typeof useNextRouter> {
  const router = useNextRouter();
  return useMemo(() => {
    const leaveBy =
      (go: typeof router.push): typeof router.push =>
      (href, options) => {
        noteLeaving(href);
        go(href, options);
      };
    return {
      ...router,
      push: leaveBy(router.push),
      replace: leaveBy(router.replace),
      refresh: () =>
        refreshOnce(() => {
          // Keeps the place, where a refresh would not.
          if (takeAhead()) router.replace(window.location.href, { scroll: false });
          else router.refresh();
        }),
    };
  }, [router]);
}

/** Refreshes once for all that wait: two at the same time would overtake each other, and Next would reload the page. */
function refreshOnce(refresh: () => void): void {
  if (isDue) return;
  isDue = true;
  whenReachable(() =>
    whenSettled(() => {
      isDue = false;
      refresh();
    }),
  );
}
