import type { createTranslator, Messages } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import { newLoginOf } from "@/lib/alerts/new-login";
import { type BrowserWords, browserName } from "./browser-name";

type Words = { login: ReturnType<typeof createTranslator<Messages, "newLogin">>; browser: BrowserWords };

/**
 * The title and detail of an alert as its reader is shown them: one that the application wrote itself, in English, in
 * their language; what people and their programs wrote, as they wrote it.
 */
export function alertWords(alert: Alert, { login, browser }: Words): Pick<Alert, "title" | "detail"> {
  const told = newLoginOf(alert);
  if (told === null) return alert;
  const { userAgent, address } = told;
  return {
    title: login("title"),
    detail: login("detail", { browser: browserName(browser, userAgent), address }),
  };
}
