"use client";

import { SHOWN_TENANT, SHOWN_TO } from "@/lib/auth/session/shown-headers";

/** Whom a page shows what it shows, and of which tenant; that is null where it belongs to none. */
export type Shown = { sub: string; tenant: string | null; tenantHeader: string };

/** Of this document. Whoever signs in beside it, it stays what it was loaded as. */
let shown: Shown | null = null;

/** In what they differ from whom this document shows what it shows; the first who is named in it decides that. */
export function differsFromShown(now: Shown): "another_person" | "another_tenant" | null {
  shown ??= now;
  if (shown.sub !== now.sub) return "another_person";
  return shown.tenant === now.tenant ? null : "another_tenant";
}

/** What names them with a request, so that nothing is read or written for somebody else. */
export function shownHeaders(): Record<string, string> {
  if (shown === null) return {};
  const { sub, tenant, tenantHeader } = shown;
  return {
    [SHOWN_TO]: sub,
    ...(tenant !== null && { [SHOWN_TENANT]: tenant, [tenantHeader]: tenant }),
  };
}

/**
 * Whose documents never share anything.
 *
 * @public for features
 */
export function shownName(): string {
  return shown === null ? "" : `${shown.sub} ${shown.tenant}`;
}

const ANOTHER = "sekisho:another";

/** Says that somebody else is signed in by now, or that the tenant is another one. */
export function tellAnother(): void {
  window.dispatchEvent(new Event(ANOTHER));
}

/** Calls `hear` when that is said. @returns a function that no longer listens. */
export function onAnother(hear: () => void): () => void {
  window.addEventListener(ANOTHER, hear);
  return () => window.removeEventListener(ANOTHER, hear);
}
