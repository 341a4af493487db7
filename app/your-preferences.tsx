import { preferences } from "./preferences";
import { PreferencesMenu } from "./preferences-menu";

/** The menu of language and theme, at what this browser has chosen. */
export async function YourPreferences() {
  const { locale, theme } = await preferences();
  return <PreferencesMenu locale={locale} theme={theme} />;
}
