import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { toAlert } from "@/lib/alerts/contract";
import { noticeText } from "@/lib/alerts/notice-text";
import { messagesIn } from "../../words/messages";

const [en, ja] = await Promise.all([messagesIn("en"), messagesIn("ja")]);

import { alertWords } from "./alert-words";

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

function wordsOf(locale: "en" | "ja") {
  const messages = { en, ja }[locale];
  return {
    notices: createTranslator({ locale, messages, namespace: "accountNotices" }),
    browser: createTranslator({ locale, messages, namespace: "browser" }),
  };
}

const id = "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55";
const now = new Date(0);
const ROW = {
  tenantId: "acme",
  id,
  ownerSub: id,
  owner: { sub: id, name: null, is_member: true },
  acknowledger: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  resolver: null,
  resolvedBy: null,
  resolvedAt: null,
  assignee: null,
  assigneeSub: null,
  isAssigneeActive: false,
  assigner: null,
  assignedBy: null,
  assignedAt: null,
  commentCount: 0,
  version: 1,
  severity: "info",
  status: "open",
  source: "sign-in",
  audience: "owner",
  createdAt: now,
  updatedAt: now,
} as const;

function newLogin(facts: { address: string; user_agent: string; further?: string }) {
  return toAlert({ ...ROW, ...noticeText("new_login", facts), notice: "new_login", facts });
}

test.each([
  ["en", CHROME, "192.0.2.7", "New login detected", "From \u2068Chrome on Windows\u2069, address 192.0.2.7."],
  ["en", "curl/8.5.0", "unknown", "New login detected", "From \u2068curl/8.5.0\u2069."],
  [
    "ja",
    CHROME,
    "192.0.2.7",
    "新しいデバイスからのサインイン",
    "\u2068Chrome（Windows）\u2069、アクセス元：192.0.2.7",
  ],
  ["ja", "", "unknown", "新しいデバイスからのサインイン", "\u2068不明なブラウザ\u2069"],
] as const)("in %s, a new login of %j at %j", (locale, userAgent, address, title, detail) => {
  const alert = newLogin({ address, user_agent: userAgent });
  expect(alertWords(alert, wordsOf(locale))).toEqual({ title, detail });
});

test("several new logins that were told as one are counted", () => {
  const alert = newLogin({ address: "unknown", user_agent: "curl/8.5.0", further: "17" });
  expect(alertWords(alert, wordsOf("en")).detail).toBe(
    "From \u2068curl/8.5.0\u2069. And 17 more within the hour.",
  );
});

test("what people wrote stays as they wrote it, though it says word for word what the application says", () => {
  const forged = {
    ...noticeText("new_login", { address: "192.0.2.7", user_agent: CHROME }),
    source: "sign-in",
  };
  const alert = toAlert({ ...ROW, ...forged, notice: null, facts: null });
  for (const locale of ["en", "ja"] as const) {
    const { title, detail } = forged;
    expect(alertWords(alert, wordsOf(locale))).toMatchObject({ title, detail });
  }
});
