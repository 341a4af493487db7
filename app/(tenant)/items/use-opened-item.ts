"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { showAddress } from "../../shown-address";
import { itemsAddress, type Place } from "./links";

/**
 * Which item is open in the dialog. The address says it too, so that a reload opens it again and Back closes it, but
 * later: a step back takes the browser a while, and so does a fetch of the router. Opening and closing wait for neither
 * and ask the server nothing.
 */
export function useOpenedItem(place: Place) {
  const inAddress = useSearchParams().get("item");
  const [opened, setOpened] = useState(inAddress);
  const cameFromList = useRef(false);
  /** Resolves when the browser has taken the step back that it was asked for. */
  const stepBack = useRef<Promise<void> | null>(null);

  // The router may go to an item while the list is on the page already.
  useEffect(() => {
    if (inAddress !== null && inAddress === itemInAddress() && stepBack.current === null)
      setOpened(inAddress);
  }, [inAddress]);
  useEffect(() => {
    function follow() {
      // Our own step back may end after something else was opened.
      if (stepBack.current === null) setOpened(itemInAddress());
    }
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);

  function open(item: string) {
    setOpened(item);
    const push = () => {
      cameFromList.current = true;
      window.history.pushState(null, "", itemsAddress({ ...place, item }));
    };
    // A step back that is still under way would undo the push.
    if (stepBack.current) void stepBack.current.then(push);
    else push();
  }

  /** Resolves when the address is that of the list again. */
  async function close(): Promise<void> {
    setOpened(null);
    await stepBack.current;
    if (itemInAddress() === null) return;
    if (!cameFromList.current) return showAddress(itemsAddress(place));
    cameFromList.current = false;
    stepBack.current = goBack();
    await stepBack.current;
    stepBack.current = null;
  }

  return {
    opened,
    /** Whether the router knows what is open: what it fetches is for the address. */
    isInAddress: opened === inAddress,
    open,
    close,
  };
}

function itemInAddress(): string | null {
  return new URLSearchParams(window.location.search).get("item");
}

function goBack(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("popstate", () => resolve(), { once: true });
    window.history.back();
  });
}
