import { LANGUAGES, type Locale } from "@/lib/languages";

/**
 * The language to answer in: what the person chose, else the first that their browser prefers, else English.
 *
 * @param acceptLanguage the header, RFC 9110 section 12.5.4.
 */
export function localeFor(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", quality = "q=1"] = range.split(";").map((part) => part.trim());
      return { language: tag.toLowerCase().split("-")[0], weight: Number(quality.replace(/^q=/i, "")) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return "en";
}

function isLocale(language: string | undefined): language is Locale {
  return language !== undefined && Object.hasOwn(LANGUAGES, language);
}
