"use client";

import { NextIntlClientProvider } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { Locale } from "@/lib/languages";
import { useRouter } from "../use-router";
import type { Words } from "./messages";

type Known = { locale: Locale; messages: Partial<Words> };
export type WordsProps = {
  locale: Locale;
  now: Date;
  timeZone: string;
  /** JSON: words by namespace. */
  words: string;
};

const Around = createContext<Known | null>(null);

/** Adds words to those that are around it. A page that comes in another language than they are has them fetched anew. */
export function WordsAround({
  locale,
  now,
  timeZone,
  words,
  children,
}: WordsProps & { children: ReactNode }) {
  const around = useContext(Around);
  const router = useRouter();
  const isOther = around !== null && around.locale !== locale;
  useEffect(() => {
    if (isOther) router.refresh();
  }, [isOther, router]);
  const known = useMemo(
    () => ({ locale, messages: { ...around?.messages, ...readOnce(words) } }),
    [around, locale, words],
  );
  return (
    <Around.Provider value={known}>
      <NextIntlClientProvider {...{ locale, now, timeZone }} messages={known.messages}>
        {children}
      </NextIntlClientProvider>
    </Around.Provider>
  );
}

/** There are as many texts as languages and pages: a server reads each once. */
function readOnce(words: string): Partial<Words> {
  const messages = read.get(words) ?? (JSON.parse(words) as Partial<Words>);
  read.set(words, messages);
  return messages;
}

const read = new Map<string, Partial<Words>>();
