"use client";

import { ask, type Refused } from "./ask";

/** A page of a list, and the cursor of the next one; that is null on the last. */
export type ListPage<Row> = { ok: true; rows: Row[]; next: string | null };

/** Reads a further page of a list. Every page's lists are read by this: what fails is told alike. */
export async function readPage<Row>(path: string): Promise<ListPage<Row> | Refused> {
  const answered = await ask<Row[]>(path);
  if (!answered.ok) return answered;
  return { ok: true, rows: answered.body, next: nextCursor(answered.headers) };
}

/** Out of a list's `Link` header (RFC 8288). */
function nextCursor(headers: Headers): string | null {
  const address = /<([^>]*)>; rel="next"/.exec(headers.get("Link") ?? "")?.[1];
  return address ? new URL(address, window.location.origin).searchParams.get("cursor") : null;
}
