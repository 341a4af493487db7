import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "../ui/link";

type Props = {
  /** The list that the row is of. */
  list: { href: string; label: string };
  name: string;
  badges?: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
};

/** Above what the page of one row shows: the way back to its list, and what it is called. */
export function RowTitle({ list, name, badges, children }: Props) {
  return (
    <div>
      <Link
        href={list.href}
        className="-ml-1 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink print:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        {list.label}
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h1 tabIndex={-1} className="text-2xl font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </h1>
          {badges && <p className="mt-2 flex flex-wrap gap-2">{badges}</p>}
        </div>
        {children}
      </div>
    </div>
  );
}
