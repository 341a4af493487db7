import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createTranslator } from "next-intl";
import { localeFor } from "../../app/words/locale";
import { type Words as AllWords, wordsOf } from "../../app/words/messages";
import { FEATURES } from "../../lib/features";
import { LANGUAGES, type Locale } from "../../lib/languages";

const PLACES = ["app/words/frame", ...FEATURES.map(({ name }) => `lib/${name}/words`)];
const readCatalog = (place: string, locale: Locale) =>
  JSON.parse(readFileSync(`${place}/${locale}.json`, "utf8"));
/** Read as files: what compiles them for the application is not here. */
const CATALOGS = Object.fromEntries(
  (Object.keys(LANGUAGES) as Locale[]).map((locale) => {
    const catalogs = PLACES.map((place) => readCatalog(place, locale));
    return [locale, wordsOf(locale, catalogs)];
  }),
) as Record<Locale, AllWords>;

/** The words of the pages in the language that a browser asks for: `t("common.save")` is what stands on the button. */
export type Words = ReturnType<typeof wordsFor>;

export function wordsFor(language: string) {
  const locale = localeFor(undefined, language);
  return createTranslator<AllWords>({ locale, messages: CATALOGS[locale] });
}

/** The words of the language that a page is in. */
export async function wordsOn(page: Page): Promise<Words> {
  return wordsFor((await page.locator("html").getAttribute("lang")) ?? "");
}

/** What a page is called in the navigation. */
export function nameOf(t: Words, page: string): string {
  return t(`nav.${page}` as "nav.home");
}

/** What stands at the head of a page. */
export function titleOf(t: Words, page: string): string {
  const namespace = page.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return t(`${namespace}.title` as "home.title");
}

/** Whichever it is that a weak password lacks. */
export function weakPassword(t: Words): RegExp {
  const faults = ["password_short", "password_uppercase", "password_number", "password_symbol"] as const;
  return new RegExp(faults.map((fault) => t(`faults.${fault}`).replaceAll(".", "\\.")).join("|"));
}
