"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

type Props = {
  /** What the button is called, also when it shows an icon only. */
  label: string;
  opener: ReactNode;
  items: { label: string; icon?: ReactNode; isDanger?: boolean; onSelect: () => void }[];
};

/** A button with a few things to do. Arrow keys, Home and End go through them; Escape closes (ARIA menu button). */
export function Menu({ label, opener, items }: Props) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent<HTMLDivElement>) {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (event.key === "Tab") menu.current?.hidePopover();
    if (target === undefined) return;
    event.preventDefault();
    all[target]?.focus();
  }

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={label}
        className="inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-lg px-2 text-sm text-muted hover:bg-raised hover:text-ink"
      >
        {opener}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        onToggle={(event) => {
          if (event.newState === "open") event.currentTarget.querySelector<HTMLElement>("button")?.focus();
        }}
        className="popover-below min-w-44 rounded-xl border border-line bg-surface p-1 text-ink shadow-lg"
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              menu.current?.hidePopover();
              item.onSelect();
            }}
            className={`flex min-h-11 w-full items-center gap-2 rounded-lg px-3 text-left text-sm hover:bg-raised focus:bg-raised ${item.isDanger ? "text-danger" : ""}`}
          >
            {item.icon}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
