"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";

type Props = {
  /** How many rows are chosen, in words; nothing while there are none. */
  chosen: string | null;
  onClear: () => void;
  /** Takes the focus when the bar goes. */
  above: RefObject<HTMLElement | null>;
  /** What can be done with them. */
  children: ReactNode;
};

/**
 * What can be done with the chosen rows of a list, at the bottom of the window however far down they were chosen. The list
 * stays where it is: a row must not move away from under the finger that ticks it.
 *
 * @public for features
 */
export function ChosenBar({ chosen, onClear, above, children }: Props) {
  const t = useTranslations("ui");
  return (
    <>
      <p role="status" className="sr-only">
        {chosen}
      </p>
      {chosen && (
        <div className="at-bottom pointer-events-none fixed inset-x-0 bottom-[calc(var(--bar)+1rem)] z-10 flex justify-center px-4 print:hidden">
          <div className="chosen-bar pointer-events-auto flex max-w-full flex-wrap items-center gap-x-2 max-sm:w-full gap-y-1 rounded-xl border border-line bg-surface p-1.5 text-sm text-ink shadow-lg">
            {/* For the eye only: it is said above. */}
            <span
              aria-hidden="true"
              data-chosen={chosen}
              className="px-2.5 font-medium tabular-nums before:content-[attr(data-chosen)] max-sm:mr-auto"
            />
            <div className="flex gap-2 max-sm:order-last max-sm:w-full max-sm:*:flex-1 max-sm:*:justify-center">
              {children}
            </div>
            <button
              type="button"
              aria-label={t("deselect")}
              title={t("deselect")}
              onClick={() => {
                onClear();
                above.current?.focus();
              }}
              className="inline-flex size-11 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink active:bg-line"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </div>
        </div>
      )}
    </>
  );
}
