"use client";

import { useEffect } from "react";
import { leaveTo } from "./connection";

/** Has links that load a document wait for the server, as the router does with its own. */
export function usePatientLinks(): void {
  useEffect(() => {
    function onClick(event: MouseEvent) {
      const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
      // What the router takes, it has taken by now.
      if (!link || event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
      const isWithinPage = link.hash !== "" && link.href.split("#")[0] === window.location.href.split("#")[0];
      if (isWithinPage || link.hasAttribute("download") || (link.target !== "" && link.target !== "_self"))
        return;
      event.preventDefault();
      void leaveTo(link.href);
    }
    window.addEventListener("click", onClick);
    return () => window.removeEventListener("click", onClick);
  }, []);
}
