import type { ReactNode } from "react";

/** What a page is called, with what can be begun there. It takes the focus of a row that has gone. */
export function PageTitle({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4">
      <h1 tabIndex={-1} className="text-2xl font-semibold">
        {title}
      </h1>
      {children}
    </div>
  );
}
