"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

const PAGES = [
  ["/items", "items"],
  ["/alerts", "alerts"],
  ["/account", "account"],
] as const;

export function NavLinks() {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="flex gap-1 text-sm font-medium max-sm:-mx-3">
      {PAGES.map(([href, name]) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
