import type { ComponentProps } from "react";
import { Link } from "./link";

/** A link that looks like a plain `Button`. */
export function LinkButton({ className = "", ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={`${LINK_BUTTON} ${className}`} />;
}

/** The same where the browser alone goes: to a file, to another application, or without a script. */
export const LINK_BUTTON =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border border-line bg-surface px-4 text-sm font-medium transition-colors hover:bg-raised active:bg-line";
