import type { Locale } from "@/lib/languages";
import type { Words } from "./messages";

/** So that the compiler knows every key, and finds a wrong one. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Words;
  }
}
