import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { toAlert } from "@/lib/alerts/contract";
import { newLoginAlert } from "@/lib/alerts/new-login";
import en from "../words/en.json";
import ja from "../words/ja.json";
import { alertWords } from "./alert-words";

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";

function wordsOf(locale: "en" | "ja") {
  const messages = { en, ja }[locale];
  return {
    login: createTranslator({ locale, messages, namespace: "newLogin" }),
    browser: createTranslator({ locale, messages, namespace: "browser" }),
  };
}

function alertOf(written: ReturnType<typeof newLoginAlert>) {
  const id = "01980a3c-5d2e-7b41-9f60-3c8e1d7a2b55";
  const now = new Date(0);
  const row = {
    tenantId: "acme",
    id,
    ownerSub: id,
    audience: "owner",
    createdAt: now,
    updatedAt: now,
  } as const;
  return toAlert({ ...row, ...written, status: "open" });
}

test.each([
  ["en", CHROME, "192.0.2.7", "New login detected", "From Chrome on Windows, address 192.0.2.7."],
  ["en", "curl/8.5.0", "unknown", "New login detected", "From curl/8.5.0."],
  ["ja", CHROME, "192.0.2.7", "新しいデバイスからのサインイン", "Chrome（Windows）、アクセス元：192.0.2.7"],
  ["ja", "", "unknown", "新しいデバイスからのサインイン", "不明なブラウザ"],
] as const)("in %s, a new login of %j at %j", (locale, userAgent, address, title, detail) => {
  const alert = alertOf(newLoginAlert({ userAgent, address }));
  expect(alertWords(alert, wordsOf(locale))).toEqual({ title, detail });
});

test("what people wrote stays as they wrote it", () => {
  const alert = alertOf({
    title: "New login detected",
    detail: "At the gate",
    severity: "info",
    source: "manual",
  });
  expect(alertWords(alert, wordsOf("ja"))).toMatchObject({
    title: "New login detected",
    detail: "At the gate",
  });
});
