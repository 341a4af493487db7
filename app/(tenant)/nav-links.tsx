"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

/** @param pages those that the person may see, each by its address and its name. */
export function NavLinks({ pages }: { pages: [href: string, name: string][] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-wrap gap-1 text-sm font-medium max-sm:-mx-3">
      {pages.map(([href, name]) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
