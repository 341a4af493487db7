import { SunMoon } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { LanguageChoice, ThemeChoice } from "./preference-choices";
import { preferences } from "./preferences";
import { Popover } from "./ui/popover";

/** Language and theme for whoever is not signed in, at what this browser has chosen. */
export async function YourPreferences() {
  const { locale, theme } = await preferences();
  const t = await getTranslations("preferences");
  return (
    <section aria-label={t("both")} className="flex items-center gap-1">
      <LanguageChoice locale={locale} hasHiddenLegend />
      <Popover label={t("theme")} icon={<SunMoon className="size-4" />}>
        <ThemeChoice theme={theme} />
      </Popover>
    </section>
  );
}
