"use client";

import { useSearchParams } from "next/navigation";
import { useRef } from "react";
import { itemsAddress, type Place } from "./links";

/**
 * Which item is open in the dialog, by the address, so that a reload opens it again and Back closes it. Opening and
 * closing ask the server nothing.
 */
export function useOpenedItem(place: Place) {
  const opened = useSearchParams().get("item");
  const cameFromList = useRef(false);

  function open(item: string) {
    cameFromList.current = true;
    window.history.pushState(null, "", itemsAddress({ ...place, item }));
  }

  /** Resolves when the address is that of the list again. */
  async function close(): Promise<void> {
    if (new URLSearchParams(window.location.search).get("item") === null) return;
    if (!cameFromList.current) return window.history.replaceState(null, "", itemsAddress(place));
    cameFromList.current = false;
    const isBack = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
    window.history.back();
    await isBack;
  }

  return { opened, open, close };
}
