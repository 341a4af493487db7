import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "../ui/link";

/** Above the title of one row's page: to the list that it is of. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="-ml-1 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink print:hidden"
    >
      <ChevronLeft aria-hidden="true" className="size-4" />
      {children}
    </Link>
  );
}
