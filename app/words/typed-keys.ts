import type messages from "./en.json";
import type { Locale } from "./locale";

/** So that the compiler knows every key, and finds a wrong one. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}
