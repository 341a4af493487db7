"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Kbd } from "../../ui/kbd";
import type { NavPage } from "../nav-links";
import type { Offers } from "./palette-dialog";

/** Fetched when it is opened: a page is no heavier for it. */
const PaletteDialog = dynamic(() => import("./palette-dialog").then((file) => file.PaletteDialog), {
  ssr: false,
});

/** Goes anywhere and begins anything, from every page: by its button, or by Ctrl or ⌘ with K. */
export function Palette(offers: Offers & { pages: readonly NavPage[] }) {
  const t = useTranslations("palette");
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isAsked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isAsked || event.altKey || event.shiftKey || event.isComposing) return;
      // Also over another dialog: the browser's own meaning of the keys would leave the page.
      event.preventDefault();
      if (document.querySelector("dialog[open]") === null) setOpen(true);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-label={t("open")}
        title={t("open")}
        onClick={() => setOpen(true)}
        className="inline-flex h-11 min-w-11 items-center justify-center gap-2 rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink lg:px-2"
      >
        <Search aria-hidden="true" className="size-4" />
        {/* For the eye only, and so no text of the page: what the button is called stands above. */}
        <span className="max-lg:hidden">
          <Kbd>
            <span data-keys={t("keys")} className="before:content-[attr(data-keys)]" />
          </Kbd>
        </span>
      </button>
      {isOpen && <PaletteDialog {...offers} onClosed={() => setOpen(false)} />}
    </>
  );
}
