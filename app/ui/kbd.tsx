import type { ReactNode } from "react";

/** A key to press. Hidden on touch screens. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-line bg-raised px-1.5 py-0.5 font-sans text-xs text-muted pointer-coarse:hidden">
      {children}
    </kbd>
  );
}
