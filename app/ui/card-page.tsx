import type { ReactNode } from "react";
import { Logo } from "./logo";

type Props = {
  title: string;
  /** In the corner of the page: what is not about this card. */
  corner?: ReactNode;
  /** Below the card. */
  foot?: ReactNode;
  children: ReactNode;
};

/**
 * One card in the middle of the page: signing in, and what to read when a page cannot be shown. It stands at its top: when
 * something comes later, or another step is longer, nothing above it moves.
 */
export function CardPage({ title, corner, foot, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col px-4 py-3">
      <div className="flex min-h-11 justify-end">{corner}</div>
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col gap-6 pt-6 pb-14 sm:tall:pt-[4vh]">
        <div className="flex justify-center text-lg">
          <Logo />
        </div>
        <div className="space-y-5 rounded-2xl border border-line bg-surface p-6 shadow-sm sm:p-8">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {children}
        </div>
        {foot}
      </main>
    </div>
  );
}
