import type { ReactNode } from "react";

type Props = {
  /** What the table is about, for screen readers. */
  caption: string;
  columns: string[];
  /** The rows, of `Cell`s. */
  children: ReactNode;
};

/** Rows and columns; on a narrow screen the table scrolls, not the page. */
export function Table({ caption, columns, children }: Props) {
  return (
    <section
      className="overflow-x-auto rounded-xl border border-line bg-surface"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse (WCAG 2.1.1).
      tabIndex={0}
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-line text-xs text-muted">
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-4 py-2.5 font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

export function Cell({ children }: { children: ReactNode }) {
  return <td className="px-4 py-3 align-top tabular-nums">{children}</td>;
}
