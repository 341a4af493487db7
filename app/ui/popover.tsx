"use client";

import { type ReactNode, useId } from "react";

type Props = {
  /** What the button says; when it shows an icon only, what it is called. */
  label: string;
  icon: ReactNode;
  children: ReactNode;
};

/** An icon that opens a small panel. The browser closes it on Escape or a press elsewhere, and restores the focus. */
export function Popover({ label, icon, children }: Props) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        title={label}
        className="inline-flex size-11 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-ink"
      >
        {icon}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by key is clicked, too. */}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        // The page that a link leads to may keep what this is in.
        onClick={({ target, currentTarget }) => {
          if (target instanceof Element && target.closest("a")) currentTarget.hidePopover();
        }}
        className="popover-below w-64 rounded-xl border border-line bg-surface p-4 text-ink shadow-lg"
      >
        {children}
      </div>
    </>
  );
}
