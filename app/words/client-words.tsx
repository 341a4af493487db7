import { getLocale, getMessages, getNow, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import type { Words } from "./messages";
import { WordsAround } from "./words-around";

type Namespace = keyof Words;
/** What every page's scripts may need. */
const EVERYWHERE: Namespace[] = ["common", "ui", "errors", "faults", "failure", "preferences", "people"];

/**
 * Hands the scripts inside it the words of these namespaces beside those that are around it, and no more: every word of
 * them is sent with the page. Without namespaces it hands them what every page's scripts may need.
 */
export async function ClientWords({ of = EVERYWHERE, children }: { of?: Namespace[]; children: ReactNode }) {
  const [all, locale, now, timeZone] = await Promise.all([
    getMessages(),
    getLocale(),
    getNow(),
    getTimeZone(),
  ]);
  return (
    <WordsAround {...{ locale, now, timeZone }} words={textOf(all, of)}>
      {children}
    </WordsAround>
  );
}

/** One text for all: React would carry each word by itself, on its way to the page and again into its data. */
function textOf(all: Words, of: Namespace[]): string {
  const texts = written.get(all) ?? new Map<string, string>();
  written.set(all, texts);
  const key = of.join();
  const text = texts.get(key) ?? JSON.stringify(Object.fromEntries(of.map((name) => [name, all[name]])));
  texts.set(key, text);
  return text;
}

const written = new WeakMap<Words, Map<string, string>>();
