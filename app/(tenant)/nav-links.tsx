"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { PageIcon } from "@/lib/page-icon";
import { Link } from "../ui/link";
import { NavIcon } from "./nav-icon";

type Key = Parameters<ReturnType<typeof useTranslations<"nav">>>[0];
/** A page of the navigation; one that is in one's own menu stands there, and not beside the others. */
export type NavPage = { name: string; icon: PageIcon; isInMenu?: true };

/**
 * In the header one row, which scrolls where it is too narrow, beginning at the current page. On a phone a bar at the
 * bottom, where a thumb reaches it: every page has its place there, and the account stands in one's own menu.
 *
 * @param pages those that the person may see.
 */
export function NavLinks({ pages }: { pages: readonly NavPage[] }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link.
  useEffect(() => {
    if (current.current) bringIntoSight(current.current);
  }, [pathname]);
  return (
    <nav aria-label={t("label")} className="main-nav row-that-scrolls flex gap-1 text-sm font-medium">
      {pages.map(({ name, icon }) => {
        const isCurrent = pathname === `/${name}` || pathname.startsWith(`/${name}/`);
        return (
          <Link
            key={name}
            href={`/${name}`}
            ref={isCurrent ? current : undefined}
            aria-current={isCurrent ? "page" : undefined}
            onFocus={({ currentTarget }) => {
              // For the keyboard only: a link must not move away under the pointer.
              if (currentTarget.matches(":focus-visible")) bringIntoSight(currentTarget);
            }}
            className={`nav-link ${name === "account" ? "bar:hidden" : ""}`}
          >
            <NavIcon of={icon} />
            <span className="bar:max-w-full bar:truncate">{t(name as Key)}</span>
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
