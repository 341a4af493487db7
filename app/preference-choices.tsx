"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { LANGUAGES, type Locale } from "@/lib/languages";
import { LOCALE_COOKIE, remember, THEME_COOKIE } from "./preference-cookie";
import { THEMES, type Theme } from "./theme";
import { Choice } from "./ui/choice";
import { useRouter } from "./use-router";

/** Language and theme. What was typed elsewhere on the page stays: it is refreshed, not loaded again. */
export function PreferenceChoices({ locale, theme }: { locale: Locale; theme: Theme }) {
  const t = useTranslations("preferences");
  const router = useRouter();
  const [chosenTheme, setChosenTheme] = useState(theme);

  function chooseLanguage(language: Locale) {
    remember(LOCALE_COOKIE, language);
    router.refresh();
  }

  function chooseTheme(next: Theme) {
    remember(THEME_COOKIE, next);
    setChosenTheme(next);
    document.documentElement.dataset.theme = next;
    router.refresh();
  }

  return (
    <div className="space-y-4">
      <Choice
        legend={t("language")}
        name="language"
        chosen={locale}
        options={(Object.keys(LANGUAGES) as Locale[]).map((value) => ({
          value,
          label: LANGUAGES[value],
          lang: value,
        }))}
        onChoose={chooseLanguage}
      />
      <Choice
        legend={t("theme")}
        name="theme"
        chosen={chosenTheme}
        options={THEMES.map((value) => ({ value, label: t(value) }))}
        onChoose={chooseTheme}
      />
    </div>
  );
}
