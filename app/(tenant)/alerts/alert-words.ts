import type { Alert } from "@/lib/alerts/contract";
import { type NoticeWords, noticeWords } from "../notice-words";

/**
 * The title and detail of an alert as its reader is shown them: what the application itself says, in their language;
 * what people and their programs wrote, as they wrote it, whatever it reads like.
 */
export function alertWords(alert: Alert, words: NoticeWords): Pick<Alert, "title" | "detail"> {
  return alert.notice === null ? alert : noticeWords(alert.notice, alert.facts, words);
}
