"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { CardPage } from "./ui/card-page";
import { Link } from "./ui/link";

/**
 * For an address that leads nowhere and belongs to nobody, such as a script that there is no more. Next sends it along
 * with every page, so it is a name and no elements.
 */
export function NothingAtAll() {
  const t = useTranslations("notFound");
  const common = useTranslations("common");
  return (
    <CardPage title={t("title")}>
      <p className="text-sm text-muted">{t("words")}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {common("toHome")}
      </Link>
    </CardPage>
  );
}
