"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";

export type Toast = {
  message: string;
  /** What can still be done about it, such as undoing it. The toast goes when it was pressed. */
  action?: { label: string; run: () => void };
};

const SHOWN_MS = 10_000;
const ShowToast = createContext<(toast: Toast) => void>(() => {});

/** A function that says what was done. What it says stays while pages come and go. */
export function useToast(): (toast: Toast) => void {
  return useContext(ShowToast);
}

/** Wraps the whole page and shows one toast at a time. It stays while the pointer or the focus is on it. */
export function Toasts({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  const region = useRef<HTMLDivElement>(null);
  const [toast, setToast] = useState<Toast | null>(null);
  const [held, setHeld] = useState(false);
  /** What had the focus before the toast; gets it back when the toast closes. */
  const before = useRef<Element | null>(null);

  useEffect(() => {
    // In the top layer, so that a dialog does not cover it.
    if (toast) region.current?.showPopover();
    else region.current?.hidePopover();
  }, [toast]);

  function leave() {
    if (before.current instanceof HTMLElement) before.current.focus();
    setToast(null);
  }

  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(() => setToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, held]);

  return (
    <ShowToast value={setToast}>
      {children}
      <div role="status" aria-live="polite" aria-label={t("messages")}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the toast is in use. */}
        <div
          ref={region}
          popover="manual"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={({ relatedTarget, currentTarget }) => {
            setHeld(true);
            if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
          }}
          onBlur={() => setHeld(false)}
          className="at-bottom inset-auto right-4 bottom-[calc(1rem+var(--bar))] m-0 ml-4 max-w-sm rounded-xl border border-line bg-ink py-1 pr-1 pl-4 text-sm text-canvas shadow-lg open:flex open:items-center open:gap-2"
        >
          <p className="min-w-0 flex-1 break-words">{toast?.message}</p>
          {toast?.action && (
            <button
              type="button"
              onClick={() => {
                toast.action?.run();
                leave();
              }}
              className="min-h-11 rounded-lg px-3 font-medium underline hover:no-underline"
            >
              {toast.action.label}
            </button>
          )}
          <button
            type="button"
            aria-label={t("dismiss")}
            onClick={leave}
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg"
          >
            <X className="size-4" />
          </button>
        </div>
      </div>
    </ShowToast>
  );
}
