"use client";

/** The pause before the next try while the server does not answer; it grows. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

let waiting = 0;
/** The last request was not answered. */
let isDoubtful = false;
const listeners = new Set<() => void>();

/** Whether something waits for the server to be reached again. */
export const isWaiting = () => waiting > 0;

/** For useSyncExternalStore: calls `onChange` when the connection comes or goes, or something begins to wait for it. */
export function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Notes whether a request was answered. */
export function noteAnswer(isAnswered: boolean): void {
  isDoubtful = !isAnswered;
}

/** Whether the server answers at all, also with an error or a redirect. */
export async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    await fetch("/icon.svg", { method: "HEAD", cache: "no-store", redirect: "manual" });
    noteAnswer(true);
    return true;
  } catch (error) {
    // fetch throws a TypeError when no answer came.
    if (!(error instanceof TypeError)) throw error;
    noteAnswer(false);
    return false;
  }
}

/** Whether the connection seems to be down. */
export function isDown(): boolean {
  return !navigator.onLine || isDoubtful;
}

/** Does it at once unless the connection is down, else as soon as the server answers. */
export function whenReachable(work: () => void): void {
  if (!isDown()) work();
  else void untilReachable().then(work);
}

/** Resolves once the server answers; until then the page says that it waits. */
export async function untilReachable(): Promise<void> {
  if (await isReachable()) return;
  count(1);
  let pause = FIRST_PAUSE_MS;
  while (!(await isReachable())) {
    await onlineOr(pause * (0.5 + Math.random() / 2));
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
  count(-1);
}

/**
 * Leaves for another address once the server answers: until then a browser would show a page of its own instead of
 * this one, and whatever was typed here would be gone. Never resolves: a refresh of the page that is being left would
 * take its place.
 */
export async function leaveTo(address: string): Promise<never> {
  await untilReachable();
  window.location.assign(address);
  return new Promise(() => {});
}

/** Reloads this page, in the same way. */
export async function loadAgain(): Promise<void> {
  await untilReachable();
  window.location.reload();
}

function count(by: 1 | -1): void {
  waiting += by;
  for (const listener of listeners) listener();
}

function onlineOr(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
    window.addEventListener("online", done);
  });
}
