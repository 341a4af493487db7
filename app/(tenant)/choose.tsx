import type { ReactNode } from "react";

type Props = { label: string; value: string; onChoose: (value: string) => void; children: ReactNode };

/**
 * One of a few ways to see a list, as small as its words.
 *
 * @public for features
 */
export function Choose({ label, value, onChoose, children }: Props) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
      className="min-h-11 max-w-full min-w-0 truncate rounded-lg border border-transparent bg-transparent px-2 text-sm text-muted field-sizing-content hover:border-line hover:text-ink max-sm:flex-auto"
    >
      {children}
    </select>
  );
}
