"use client";

import { leaveToSignIn, shownTenant } from "./use-write";

/**
 * Reads from the API what the page does not have yet, of the tenant that it shows. Null when nothing came that could
 * be used; who is no longer signed in is led to signing in and back here.
 */
export async function read(path: string): Promise<Response | null> {
  const response = await fetch(path, { headers: shownTenant() }).catch(() => null);
  if (response?.status === 401) leaveToSignIn();
  return response?.ok ? response : null;
}

/** The cursor of the next page, out of a list's `Link` header (RFC 8288); null on the last one. */
export function nextCursor(response: Response): string | null {
  const address = /<([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
  return address ? new URL(address, window.location.origin).searchParams.get("cursor") : null;
}
