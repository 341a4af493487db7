"use client";

import { type ReactNode, useEffect } from "react";
import { loadAgain } from "./connection";
import { isShownTo, type Shown } from "./shown";

/**
 * Around what belongs to one person and one tenant. Cookies are a browser's and not a tab's: what the router fetches
 * may be somebody else's by now. It is then not shown among what is still the first one's, and the page is loaded
 * anew as theirs.
 */
export function ShownTo({ children, ...now }: Shown & { children: ReactNode }) {
  // A server has many documents at once: each of them remembers in its own browser.
  const isAnother = typeof window !== "undefined" && !isShownTo(now);
  useEffect(() => {
    if (isAnother) void loadAgain();
  }, [isAnother]);
  return isAnother ? null : children;
}
