import type { ReactNode } from "react";

/** Where a list would be: what there is not, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-line px-6 py-12 text-center">
      <OpenGate />
      <p className="mt-4 font-medium">{title}</p>
      {children && <div className="mt-1 text-sm text-muted">{children}</div>}
    </div>
  );
}

/** The gate of the logo, and the road through it: open, and nobody on it. */
export function OpenGate() {
  return (
    <svg aria-hidden="true" viewBox="0 0 120 72" className="mx-auto h-18 fill-none stroke-control stroke-2">
      <circle cx="60" cy="40" r="11" className="fill-accent/15 stroke-none" />
      <path d="M4 58h34M82 58h34M14 58q14-16 26-6M80 52q14-10 26 6" className="stroke-line" />
      <path d="M52 58 40 70M68 58l12 12M60 60v2M60 66v3" className="stroke-line" />
      <path d="M34 18q26 7 52 0M40 27h40M44 20v38M76 20v38" strokeLinecap="round" />
    </svg>
  );
}
