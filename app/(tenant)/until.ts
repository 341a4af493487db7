"use client";

/** Waits for one of these events of the window or the document, for `ms` at the most, or until `left`. */
export function until(events: string[], ms: number | null, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (left.aborted) return resolve();
    const timer = ms === null ? undefined : setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, done, true);
      left.removeEventListener("abort", done);
      resolve();
    }
    // In the capturing phase, since `visibilitychange` is the document's.
    for (const event of events) window.addEventListener(event, done, true);
    left.addEventListener("abort", done);
  });
}

/** Calls `end` once the page has been hidden for `ms`. @returns a function that no longer looks. */
export function endWhenHidden(ms: number, end: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(end, ms);
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
