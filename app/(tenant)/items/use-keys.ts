"use client";

import { useEffect, useRef, useState } from "react";

const OFF = "shortcuts-off";

/**
 * Runs the action of a key that is pressed alone, but not in a field, while composing Japanese, or with a dialog open.
 * Can be turned off (WCAG 2.1.4): speech input would trigger the keys.
 *
 * @param keys what to do by `KeyboardEvent.key`.
 */
export function useKeys(keys: Record<string, () => void>) {
  const [isOn, setIsOn] = useState(true);
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => setIsOn(localStorage.getItem(OFF) === null), []);
  useEffect(() => {
    if (!isOn) return;
    function onKeyDown(event: KeyboardEvent) {
      const { key, target } = event;
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (target instanceof Element && target.closest("input, textarea, select, [popover], dialog")) return;
      // Enter on a button or a link presses that.
      if (key === "Enter" && target instanceof Element && target.closest("button, a")) return;
      if (document.querySelector("dialog[open]")) return;
      const act = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isOn]);

  function turn(on: boolean) {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    setIsOn(on);
  }
  return { isOn, turn };
}
