"use client";

import { useEffect, useRef } from "react";

/**
 * The exact moment of a row, for whoever goes through rows by key, or taps on the moment: what the pointer gets by
 * resting on it. Escape takes it away (WCAG 2.2, 1.4.13). One for the whole page, so that rows stay light.
 */
export function MomentTip() {
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const ended = new AbortController();
    const options = { signal: ended.signal, passive: true };
    let shown: HTMLElement | null = null;
    function show(time: HTMLElement | null) {
      shown = time;
      if (tip.current) place(tip.current, time);
    }
    document.addEventListener("focusin", ({ target }) => show(timeBeside(target)), options);
    document.addEventListener("click", ({ target }) => show(tapped(target)), options);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && show(null), options);
    // A row that gets the focus is scrolled into sight.
    document.addEventListener("scroll", () => shown && show(shown), { ...options, capture: true });
    return () => ended.abort();
  }, []);
  return (
    <div
      ref={tip}
      popover="manual"
      aria-hidden="true"
      className="pointer-events-none m-0 rounded-lg border border-line bg-surface px-2 py-1 text-xs text-ink shadow-lg"
    />
  );
}

/** The moment of the row in which something has got the focus by key. */
function timeBeside(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element) || !target.matches(":focus-visible")) return null;
  return target.closest("tr, li")?.querySelector<HTMLElement>("time[title]") ?? null;
}

function tapped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("time[title]") : null;
}

/** Below the moment, and within the window. */
function place(tip: HTMLElement, time: HTMLElement | null): void {
  tip.togglePopover(Boolean(time?.isConnected));
  if (!time?.isConnected) return;
  tip.textContent = time.title;
  const { left, bottom } = time.getBoundingClientRect();
  const farthest = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(left, farthest))}px`;
  tip.style.top = `${bottom + 4}px`;
}
