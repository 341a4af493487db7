import type { Page } from "@playwright/test";
import { createTranslator } from "next-intl";
import en from "../../app/words/en.json" with { type: "json" };
import ja from "../../app/words/ja.json" with { type: "json" };
import { localeFor } from "../../app/words/locale";

const CATALOGS = { en, ja };

/** The words of the pages in the language that a browser asks for: `t("items.new")` is what stands on the button. */
export type Words = ReturnType<typeof wordsFor>;

export function wordsFor(language: string) {
  const locale = localeFor(undefined, language);
  return createTranslator<typeof en>({ locale, messages: CATALOGS[locale] });
}

/** The words of the language that a page is in. */
export async function wordsOn(page: Page): Promise<Words> {
  return wordsFor((await page.locator("html").getAttribute("lang")) ?? "");
}

/** Whichever it is that a weak password lacks. */
export function weakPassword(t: Words): RegExp {
  const faults = ["password_short", "password_uppercase", "password_number", "password_symbol"] as const;
  return new RegExp(faults.map((fault) => t(`faults.${fault}`).replaceAll(".", "\\.")).join("|"));
}

/** What the button is called that opens an item of this name. */
export function openerOf(t: Words, name: string): string {
  return t.markup("items.editRow", { hidden: (words) => ` ${words} `, name: () => name }).trim();
}
