"use client";

import { type ReactNode, type RefObject, useId } from "react";

type Props = {
  /** The opener calls `showModal()` on it; the browser keeps the focus inside and gives it back. */
  ref: RefObject<HTMLDialogElement | null>;
  title: string;
  onClose?: () => void;
  children: ReactNode;
};

export function Dialog({ ref, title, onClose, children }: Props) {
  const titleId = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      className="w-full max-w-lg rounded-xl border border-line bg-surface p-6 text-ink shadow-xl backdrop:bg-black/50 max-sm:mb-0 max-sm:rounded-b-none"
    >
      <h2 id={titleId} className="mb-4 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
