import { getLocale, getMessages, getNow, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import type { Words } from "./messages";
import { WordsAround, type WordsProps } from "./words-around";

export type Namespace = keyof Words;
/** What every page's scripts may need. */
const EVERYWHERE: readonly Namespace[] = [
  "common",
  "ui",
  "errors",
  "faults",
  "failure",
  "notFound",
  "preferences",
  "people",
];

/**
 * Hands the scripts inside it the words of these namespaces beside those that are around it, and no more: every word of
 * them is sent with the page. Without namespaces it hands them what every page's scripts may need.
 */
export async function ClientWords({ of, children }: { of?: readonly Namespace[]; children: ReactNode }) {
  return <WordsAround {...(await clientWords(of))}>{children}</WordsAround>;
}

/** The same for who makes more than that of it: each component that waits is a piece by itself on the way to the page. */
export async function clientWords(of = EVERYWHERE): Promise<WordsProps> {
  const [all, locale, now, timeZone] = await Promise.all([
    getMessages(),
    getLocale(),
    getNow(),
    getTimeZone(),
  ]);
  return { locale, now, timeZone, words: textOf(all, of) };
}

/** One text for all: React would carry each word by itself, on its way to the page and again into its data. */
function textOf(all: Words, of: readonly Namespace[]): string {
  const texts = written.get(all) ?? new Map<string, string>();
  written.set(all, texts);
  const key = of.join();
  const text = texts.get(key) ?? JSON.stringify(Object.fromEntries(of.map((name) => [name, all[name]])));
  texts.set(key, text);
  return text;
}

const written = new WeakMap<Words, Map<string, string>>();
