"use client";

import { isReachable, untilReachable } from "./connection";

/**
 * Makes Next's router wait for the server. By itself it reloads the page as soon as one fetch fails: without a connection
 * the browser then shows its own error page, and everything on this one is lost. What the browser refuses while the
 * server answers, such as a redirect to another origin to sign in, still reloads the page.
 *
 * Next has a setting for it (`experimental.useOffline`), but that takes such a refusal for being offline.
 */
export function makeRouterPatient(): void {
  const ask = window.fetch.bind(window);
  let isLeaving = false;
  window.addEventListener("pagehide", () => {
    isLeaving = true;
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.fetch = async (input, init) => {
    for (;;) {
      try {
        return await ask(input, init);
      } catch (error) {
        // fetch throws a TypeError when no answer came.
        if (!(error instanceof TypeError) || !isForPage(init) || isLeaving || (await isReachable()))
          throw error;
      }
      await untilReachable();
    }
  };
}

/** Whether the router fetches a page that somebody wants to see now. */
function isForPage(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers);
  return headers.has("rsc") && !headers.has("next-router-prefetch");
}
