import type { createTranslator, Messages } from "next-intl";
import type { Alert } from "@/lib/alerts/contract";
import { type BrowserWords, browserName } from "./browser-name";

type Words = {
  notices: ReturnType<typeof createTranslator<Messages, "accountNotices">>;
  browser: BrowserWords;
};

/**
 * The title and detail of an alert as its reader is shown them: what the application itself says, in their language;
 * what people and their programs wrote, as they wrote it, whatever it reads like.
 */
export function alertWords(alert: Alert, { notices, browser }: Words): Pick<Alert, "title" | "detail"> {
  const { notice, facts } = alert;
  if (notice === null) return alert;
  const { address = "unknown", user_agent: userAgent = "", further = "0" } = facts ?? {};
  const title = notices(notice);
  if (notice === "new_login") {
    const told = { browser: browserName(browser, userAgent), address, further };
    return { title, detail: notices("new_login_detail", told) };
  }
  const ended = notice === "password_recovered" ? "all_ended" : "others_ended";
  return { title, detail: notices(ended, { address, further }) };
}
