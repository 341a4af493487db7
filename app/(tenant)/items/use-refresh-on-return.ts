"use client";

import { useEffect } from "react";
import { useRouter } from "../../use-router";

/** Who was away this long finds what others changed meanwhile. */
const AWAY_MS = 20_000;

/** Brings the page up to date for somebody who comes back to it. Nothing is asked for while nobody looks. */
export function useRefreshOnReturn(): void {
  const router = useRouter();
  useEffect(() => {
    let left: number | null = null;
    function look() {
      if (document.hidden) left = Date.now();
      else if (left !== null && Date.now() - left > AWAY_MS && !document.querySelector("dialog[open]"))
        router.refresh();
    }
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [router]);
}
