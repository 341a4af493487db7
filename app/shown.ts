"use client";

import { SHOWN_TENANT, SHOWN_TO } from "@/lib/auth/session/shown-headers";

/** The person that a page belongs to, and the tenant; null where it belongs to none. */
export type Shown = { sub: string; tenant: string | null; tenantHeader: string };

/** Of this document, as it was loaded: a sign-in in another tab does not change it. */
let shown: Shown | null = null;

/** How they differ from the owner of this document; the first call in a document sets the owner. */
export function differsFromShown(now: Shown): "another_person" | "another_tenant" | null {
  shown ??= now;
  if (shown.sub !== now.sub) return "another_person";
  return shown.tenant === now.tenant ? null : "another_tenant";
}

/** The headers that name the owner, so that no request reads or writes as somebody else. */
export function shownHeaders(): Record<string, string> {
  if (shown === null) return {};
  const { sub, tenant, tenantHeader } = shown;
  return {
    [SHOWN_TO]: sub,
    ...(tenant !== null && { [SHOWN_TENANT]: tenant, [tenantHeader]: tenant }),
  };
}

/**
 * A name for the owner: documents of different owners must not share anything.
 *
 * @public for features
 */
export function shownName(): string {
  return shown === null ? "" : `${shown.sub} ${shown.tenant}`;
}

const ANOTHER = "sekisho:another";

/** Announces that somebody else is signed in now, or that the tenant is another. */
export function tellAnother(): void {
  window.dispatchEvent(new Event(ANOTHER));
}

/** Calls `hear` on that. @returns a function that unsubscribes. */
export function onAnother(hear: () => void): () => void {
  window.addEventListener(ANOTHER, hear);
  return () => window.removeEventListener(ANOTHER, hear);
}
