"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Link } from "../ui/link";

type Key = Parameters<ReturnType<typeof useTranslations<"nav">>>[0];

/**
 * One row at every width: where it is too narrow for all of them it scrolls, beginning at the current page.
 *
 * @param pages those that the person may see.
 */
export function NavLinks({ pages }: { pages: string[] }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link.
  useEffect(() => {
    if (current.current) bringIntoSight(current.current);
  }, [pathname]);
  return (
    <nav
      aria-label={t("label")}
      className="row-that-scrolls relative flex gap-1 text-sm font-medium max-lg:-mx-4 max-lg:px-2"
    >
      {pages.map((page) => {
        const isCurrent = pathname === `/${page}`;
        return (
          <Link
            key={page}
            href={`/${page}`}
            ref={isCurrent ? current : undefined}
            aria-current={isCurrent ? "page" : undefined}
            onFocus={({ currentTarget }) => {
              // For the keyboard only: a link must not move away under the pointer.
              if (currentTarget.matches(":focus-visible")) bringIntoSight(currentTarget);
            }}
            className="inline-flex min-h-11 shrink-0 items-center rounded-lg px-2.5 whitespace-nowrap text-muted -outline-offset-2! hover:text-ink sm:px-3 aria-[current=page]:bg-raised aria-[current=page]:text-ink"
          >
            {t(page as Key)}
          </Link>
        );
      })}
    </nav>
  );
}

/** Scrolls the row and nothing else: the page stays where it is. */
function bringIntoSight(link: HTMLElement): void {
  const row = link.parentElement;
  if (row) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}
