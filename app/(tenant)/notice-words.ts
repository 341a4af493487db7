import type { createTranslator, Messages } from "next-intl";
import type { Notice } from "@/lib/auth/sign-in/notices";
import { type BrowserWords, browserName } from "./browser-name";

export type NoticeWords = {
  notices: ReturnType<typeof createTranslator<Messages, "accountNotices">>;
  browser: BrowserWords;
};

/** What the application tells the owner of an account, as its reader is shown it, in their language. */
export function noticeWords(
  notice: Notice,
  facts: Record<string, string> | null,
  { notices, browser }: NoticeWords,
): { title: string; detail: string } {
  const { address = "unknown", user_agent: userAgent = "", further = "0" } = facts ?? {};
  const title = notices(notice);
  if (notice === "new_login") {
    const told = { browser: browserName(browser, userAgent), address, further };
    return { title, detail: notices("new_login_detail", told) };
  }
  const ended = notice === "password_recovered" ? "all_ended" : "others_ended";
  return { title, detail: notices(ended, { address, further }) };
}
