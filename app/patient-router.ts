"use client";

import { isReachable, untilReachable } from "./connection";

/**
 * Has Next's router wait for the server where it would load the page anew as soon as one fetch fails: a browser without
 * a connection then shows a page of its own, and everything on this one is lost. What the browser itself refused while
 * the server answers, such as being led to another origin to sign in, still ends in loading the page.
 *
 * Next has a setting of its own for it (`experimental.useOffline`), which takes that refusal for being offline, too.
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
