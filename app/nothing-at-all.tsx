"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { CardPage } from "./ui/card-page";

/*
 * Outside of any frame. Next sends these along with every page, so they are names and no elements; where there were none,
 * it would send its own, as elements.
 */

/** For an address that leads nowhere and belongs to nobody, such as a script that there is no more. */
export function NothingAtAll() {
  const t = useTranslations("notFound");
  return <OfNobody title={t("title")} words={t("words")} />;
}

/** Within the frame there is another: nothing outside of it is refused as a page. */
export function NothingForYou() {
  const t = useTranslations("failure");
  return <OfNobody title={t("forbiddenTitle")} words={t("forbidden")} />;
}

function OfNobody({ title, words }: { title: string; words: string }) {
  const common = useTranslations("common");
  return (
    <CardPage title={title}>
      <p className="text-sm text-muted">{words}</p>
      {/* Not a Link: every page would load its script for it. */}
      <a href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {common("toHome")}
      </a>
    </CardPage>
  );
}
