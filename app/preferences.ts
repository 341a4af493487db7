import { cookies, headers } from "next/headers";
import { cache } from "react";
import type { Locale } from "@/lib/languages";
import { LOCALE_COOKIE, THEME_COOKIE, ZONE_COOKIE } from "./preference-cookie";
import { THEMES, type Theme } from "./theme";
import { localeFor } from "./words/locale";

type Preferences = { locale: Locale; theme: Theme; timeZone: string };

/** How this browser wants to be answered, by its cookies. They are the browser's own: anything may stand in them. */
export const preferences = cache(async (): Promise<Preferences> => {
  const jar = await cookies();
  const theme = jar.get(THEME_COOKIE)?.value;
  return {
    locale: localeFor(jar.get(LOCALE_COOKIE)?.value, (await headers()).get("accept-language")),
    theme: THEMES.find((each) => each === theme) ?? "system",
    timeZone: knownZone(jar.get(ZONE_COOKIE)?.value),
  };
});

/** An IANA time zone that there is; else UTC, and so until the browser has said its own. */
function knownZone(zone = "UTC"): string {
  const known = zones.get(zone) ?? zoneCalled(zone);
  if (zones.size < MOST_ZONES) zones.set(zone, known);
  return known;
}

/** What a cookie says may be anything; that of nearly every person is one of a few dozen. */
const zones = new Map<string, string>();
const MOST_ZONES = 1_000;

function zoneCalled(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: decodeURIComponent(zone) }).resolvedOptions().timeZone;
  } catch (error) {
    // RangeError: no such zone; URIError: not percent-encoded.
    if (error instanceof RangeError || error instanceof URIError) return "UTC";
    throw error;
  }
}
