"use client";

import { type ReactNode, useCallback, useId, useRef } from "react";
import { flushSync } from "react-dom";

type Props = {
  title: ReactNode;
  /** It stands near the top: what it shows grows and shrinks below what is typed, and a phone's keyboard hides nothing. */
  isSearch?: boolean;
  /** The dialog was closed, however that came about (Escape, a button): stop rendering it. */
  onClosed: () => void;
  /** What is inside; `close` closes the dialog and gives the focus back to where it was. */
  children: (close: () => void) => ReactNode;
};

/** A modal dialog, open for as long as it is rendered. */
export function Dialog({ title, isSearch = false, onClosed, children }: Props) {
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useCallback((element: HTMLDialogElement | null) => {
    dialog.current = element;
    if (element && !element.open) element.showModal();
  }, []);
  /** The browser tells of a closed dialog later: until then a key that opens it again would find it open. */
  function close() {
    if (!dialog.current?.open) return;
    dialog.current.close();
    flushSync(onClosed);
  }
  return (
    <dialog
      ref={open}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={onClosed}
      className={`w-full max-w-lg rounded-xl border border-line bg-surface p-6 text-ink shadow-xl backdrop:bg-black/50 ${isSearch ? "mt-4 max-sm:max-w-[calc(100%-1rem)] sm:tall:mt-[12vh]" : "max-sm:mb-0 max-sm:max-w-full max-sm:rounded-b-none"}`}
    >
      <h2 id={titleId} className="mb-4 text-lg font-semibold wrap-anywhere">
        {title}
      </h2>
      {children(close)}
    </dialog>
  );
}
