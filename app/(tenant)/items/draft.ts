"use client";

export type Draft = { name: string; description: string };

const keyOf = (me: string, item: string) => `item-draft:${me}:${item}`;

/** Keeps what was typed while it is being sent, in this tab and for this person: the session may have ended. */
export function keepDraft(me: string, item: string, draft: Draft): void {
  sessionStorage.setItem(keyOf(me, item), JSON.stringify(draft));
}

export function dropDraft(me: string, item: string): void {
  sessionStorage.removeItem(keyOf(me, item));
}

/** What was typed before signing in again; null when nothing was. */
export function keptDraft(me: string, item: string): Draft | null {
  const kept = sessionStorage.getItem(keyOf(me, item));
  return kept === null ? null : (JSON.parse(kept) as Draft);
}
