"use client";

import { useRouter as useNextRouter } from "next/navigation";
import { useMemo } from "react";
import { whenReachable } from "./connection";

let isDue = false;

/**
 * Next's router, but for refreshing while the server cannot be reached: Next would let go of what it has shown, and
 * not even a dialog would open until the connection is back. It then waits, and the page stays as it is.
 */
export function useRouter(): ReturnType<typeof useNextRouter> {
  const router = useNextRouter();
  return useMemo(() => ({ ...router, refresh: () => refreshOnce(router.refresh) }), [router]);
}

/** However many wait for the connection: two at once would overtake each other, and Next would load the page anew. */
function refreshOnce(refresh: () => void): void {
  if (isDue) return;
  isDue = true;
  whenReachable(() => {
    isDue = false;
    refresh();
  });
}
