import { SlidersHorizontal } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { PreferenceChoices } from "./preference-choices";
import { preferences } from "./preferences";
import { Popover } from "./ui/popover";

/** The menu of language and theme for whoever is not signed in, at what this browser has chosen. */
export async function YourPreferences() {
  const { locale, theme } = await preferences();
  return (
    <Popover
      label={(await getTranslations("preferences"))("open")}
      icon={<SlidersHorizontal className="size-4" />}
    >
      <PreferenceChoices locale={locale} theme={theme} />
    </Popover>
  );
}
