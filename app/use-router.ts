"use client";

import { useRouter as useNextRouter } from "next/navigation";
import { useMemo } from "react";
import { whenReachable } from "./connection";

let isDue = false;

/**
 * Next's router, except that a refresh waits until the server can be reached. Next would drop what it shows, and not even
 * a dialog would open until the connection is back.
 */
export function useRouter(): ReturnType<typeof useNextRouter> {
  const router = useNextRouter();
  return useMemo(() => ({ ...router, refresh: () => refreshOnce(router.refresh) }), [router]);
}

/** Refreshes once for all that wait: two at the same time would overtake each other, and Next would reload the page. */
function refreshOnce(refresh: () => void): void {
  if (isDue) return;
  isDue = true;
  whenReachable(() => {
    isDue = false;
    refresh();
  });
}
