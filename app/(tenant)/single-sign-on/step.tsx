import type { ReactNode } from "react";

type Part = { title: string; words: string; state?: ReactNode; children: ReactNode };

/** One of the things to do, in their order, with how it stands. */
export function Step({ number, ...part }: Part & { number: number }) {
  return (
    <li>
      <Part {...part} number={number} />
    </li>
  );
}

/** A part of the page: what it is about beside what can be done. */
export function Part({ number, title, words, state, children }: Part & { number?: number }) {
  return (
    <section className="grid gap-x-8 gap-y-4 rounded-xl border border-line bg-surface p-4 sm:p-5 md:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-semibold">
            {number !== undefined && (
              <span aria-hidden="true" className="mr-2 text-muted tabular-nums">
                {number}
              </span>
            )}
            {title}
          </h2>
          {state}
        </div>
        <p className="mt-1 text-sm text-muted">{words}</p>
      </div>
      <div className="min-w-0 space-y-4 text-sm">{children}</div>
    </section>
  );
}
