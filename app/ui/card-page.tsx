import type { ReactNode } from "react";
import { Logo } from "./logo";

/** One card in the middle of the page: signing in, and what to read when a page cannot be shown. */
export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
      <div className="text-lg">
        <Logo />
      </div>
      <div className="space-y-5 rounded-xl border border-line bg-surface p-6 shadow-sm sm:p-8">
        <h1 className="text-xl font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}
