"use client";

import { useEffect, useState } from "react";
import { useRouter } from "../../use-router";
import { hearItems } from "./items-stream";

/** Whoever moved the pointer or pressed a key this lately is about to hit a row: it must not move away. */
const CALM_MS = 1_000;
/** However much changes, the list is not asked for more often. */
const APART_MS = 2_000;
const USES = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"];

/**
 * Brings the list up to date when somebody changes an item, once the person who looks at it pauses, and not while an item
 * is open: what is being edited is not taken away.
 *
 * @param since when the list was read.
 */
export function useLiveItems(since: string): void {
  const router = useRouter();
  const [begin] = useState(since);
  useEffect(() => {
    const leaving = new AbortController();
    let [lastUse, lastRefresh] = [0, 0];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const use = () => {
      lastUse = Date.now();
    };
    function hear() {
      timer ??= setTimeout(look, waitMs());
    }
    function waitMs(): number {
      return Math.max(0, lastUse + CALM_MS - Date.now(), lastRefresh + APART_MS - Date.now());
    }
    function look() {
      timer = undefined;
      if (document.querySelector("dialog[open]")) timer = setTimeout(look, CALM_MS);
      else if (waitMs() > 0) hear();
      else {
        lastRefresh = Date.now();
        router.refresh();
      }
    }
    for (const event of USES) window.addEventListener(event, use, { passive: true, signal: leaving.signal });
    void hearItems(begin, hear, leaving.signal);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [begin, router]);
}
