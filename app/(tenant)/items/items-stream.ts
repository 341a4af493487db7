"use client";

import { hearStream } from "../hear-stream";
import { endWhenHidden, until } from "../until";

/**
 * Hears that items change, until `ending` or until it is over. Only while the page is shown: a browser opens six
 * connections to a server over HTTP/1.1, and hidden tabs would use them up.
 *
 * @param since up to when everything is known.
 */
export async function hearItems(since: string, hear: () => void, ending: AbortSignal): Promise<void> {
  const from = { at: since };
  let isOver = false;
  while (!ending.aborted && !isOver) {
    if (document.hidden) {
      await until(["visibilitychange"], null, ending);
      continue;
    }
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    const noLongerHidden = endWhenHidden(0, leave);
    ending.addEventListener("abort", leave);
    const listener = {
      read: (name: string) => name === "changed",
      hear: (hasChanged: boolean) => hasChanged && hear(),
      setConnection: ({ state }: { state: string }) => {
        isOver = state === "over";
      },
    };
    await hearStream("/api/items/stream", from, listener, leaving.signal);
    noLongerHidden();
    ending.removeEventListener("abort", leave);
  }
}
