"use client";

/** What hears of a feature's changes stands in its own folder, under this name. Where none does, a build still wants one. */
export function LiveHome(_: { since: string }) {
  return null;
}
