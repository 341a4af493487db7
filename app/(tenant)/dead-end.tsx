"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { Link } from "../ui/link";

/*
 * What there is to read in place of a page: the frame stays, and leads on. Next sends both along with the frame of
 * every page, so they are names and no elements.
 */

export function NothingThere() {
  const t = useTranslations("notFound");
  return <DeadEnd title={t("title")} words={t("words")} />;
}

export function NotForYou() {
  const t = useTranslations("forbidden");
  return <DeadEnd title={t("title")} words={t("words")} />;
}

function DeadEnd({ title, words }: { title: string; words: string }) {
  const t = useTranslations("common");
  return (
    <>
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-muted">{words}</p>
      <Link href={HOME} className="inline-flex min-h-11 items-center font-medium text-accent underline">
        {t("toHome")}
      </Link>
    </>
  );
}
