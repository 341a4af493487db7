"use client";

import { useTranslations } from "next-intl";
import { HOME } from "@/lib/home";
import { OpenGate } from "../ui/empty-state";
import { LinkButton } from "../ui/link-button";

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
    <div className="mx-auto max-w-md py-12 text-center">
      <OpenGate />
      <h1 className="mt-6 text-2xl font-semibold">{title}</h1>
      <p className="mt-2 text-muted">{words}</p>
      <LinkButton href={HOME} className="mt-6">
        {t("toHome")}
      </LinkButton>
    </div>
  );
}
