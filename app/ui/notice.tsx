import type { ReactNode } from "react";

/** A message about the whole form or page. An error is announced at once. */
export function Notice({ kind, children }: { kind: "error" | "info"; children: ReactNode }) {
  const look = kind === "error" ? "border-danger/40 text-danger" : "border-line text-ink";
  return (
    <p
      role={kind === "error" ? "alert" : "status"}
      className={`rounded-lg border bg-surface px-3 py-2.5 text-sm ${look}`}
    >
      {children}
    </p>
  );
}
