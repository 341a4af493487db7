"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

export type NavPage = "home" | "items" | "alerts" | "members" | "audit" | "account";

/** @param pages those that the person may see. */
export function NavLinks({ pages }: { pages: NavPage[] }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="flex flex-wrap gap-1 text-sm font-medium max-sm:-mx-3">
      {pages.map((page) => (
        <Link
          key={page}
          href={`/${page}`}
          aria-current={pathname === `/${page}` ? "page" : undefined}
          className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
        >
          {t(page)}
        </Link>
      ))}
    </nav>
  );
}
