"use client";

/** A page that takes longer to come may as well be one that led back here. */
const LONGEST_MS = 30_000;
const LOOK_MS = 100;

/** From which address, and up to when that counts. */
let leaving: { from: string; until: number } | null = null;

/** Notes that this page is left for another address now, or as soon as there is a connection. */
export function noteLeaving(to: string, isHeldBack = false): void {
  const from = window.location.href;
  const until = isHeldBack ? Number.POSITIVE_INFINITY : Date.now() + LONGEST_MS;
  leaving = new URL(to, from).href === from ? null : { from, until };
}

/** Notes that it stays after all. */
export function noteStaying(): void {
  leaving = null;
}

/** Does it at once unless this page is being left, else as soon as it has been. */
export function whenSettled(work: () => void): void {
  if (leaving && (window.location.href !== leaving.from || Date.now() > leaving.until)) leaving = null;
  if (leaving) setTimeout(whenSettled, LOOK_MS, work);
  else work();
}
