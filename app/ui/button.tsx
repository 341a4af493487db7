"use client";

import { type ComponentProps, type MouseEvent, useSyncExternalStore } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong active:brightness-90 border-transparent",
  plain: "bg-surface text-ink hover:bg-raised active:bg-line border-line",
  quiet: "bg-transparent text-muted hover:text-ink hover:bg-raised active:bg-line border-transparent",
  danger: "bg-surface text-danger hover:border-danger active:bg-raised border-line",
};

type Props = ComponentProps<"button"> & {
  look?: keyof typeof LOOKS;
  /** Work is under way: the button stays in place, keeps the focus, and cannot be pressed again. */
  pending?: boolean;
};

const neverChanges = () => () => {};
/**
 * Whether the script runs: what is pressed before would be lost.
 *
 * @public for features
 */
export function useReady(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

const ignore = (event: MouseEvent) => event.preventDefault();

/**
 * At least 44 px high, so that a thumb hits it. Takes no press before the script runs: the browser would send the form
 * by itself, and what was typed would be lost.
 */
export function Button({
  look = "plain",
  pending = false,
  className = "",
  children,
  disabled,
  onClick,
  ...rest
}: Props) {
  const isReady = useReady();
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || !isReady}
      // Not `disabled`: a disabled button loses the focus that the press gave it.
      aria-disabled={pending || undefined}
      onClick={pending ? ignore : onClick}
      aria-busy={pending || undefined}
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 text-sm font-medium transition-colors print:hidden ${disabled || pending ? "opacity-60" : ""} ${LOOKS[look]} ${className}`}
    >
      {pending && (
        <span
          aria-hidden="true"
          className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent"
        />
      )}
      {children}
    </button>
  );
}
