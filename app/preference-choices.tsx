"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { LANGUAGES, type Locale } from "@/lib/languages";
import { LOCALE_COOKIE, remember, THEME_COOKIE } from "./preference-cookie";
import { THEMES, type Theme } from "./theme";
import { Choice } from "./ui/choice";
import { useRouter } from "./use-router";

const OFFERED = (Object.keys(LANGUAGES) as Locale[]).map((value) => ({
  value,
  label: LANGUAGES[value],
  lang: value,
}));

type LanguageProps = { locale: Locale; hasHiddenLegend?: boolean };

/** What was typed elsewhere on the page stays: it is refreshed, not loaded again. */
export function LanguageChoice({ locale, hasHiddenLegend = false }: LanguageProps) {
  const t = useTranslations("preferences");
  const router = useRouter();

  function choose(language: Locale) {
    remember(LOCALE_COOKIE, language);
    router.refresh();
  }

  return (
    <Choice
      legend={t("language")}
      name="language"
      chosen={locale}
      options={OFFERED}
      onChoose={choose}
      {...{ hasHiddenLegend }}
    />
  );
}

/** Light, dark, or as the device has it. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const t = useTranslations("preferences");
  const router = useRouter();
  const [chosen, setChosen] = useState(theme);

  function choose(next: Theme) {
    remember(THEME_COOKIE, next);
    setChosen(next);
    document.documentElement.dataset.theme = next;
    router.refresh();
  }

  return (
    <Choice
      legend={t("theme")}
      name="theme"
      chosen={chosen}
      options={THEMES.map((value) => ({ value, label: t(value) }))}
      onChoose={choose}
    />
  );
}
