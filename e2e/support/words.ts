import type { Page } from "@playwright/test";
import { createTranslator } from "next-intl";
import { localeFor } from "../../app/words/locale";
import { type Words as AllWords, messagesIn } from "../../app/words/messages";

/** The words of the pages in the language that a browser asks for: `t("items.new")` is what stands on the button. */
export type Words = ReturnType<typeof wordsFor>;

export function wordsFor(language: string) {
  const locale = localeFor(undefined, language);
  return createTranslator<AllWords>({ locale, messages: messagesIn(locale) });
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
