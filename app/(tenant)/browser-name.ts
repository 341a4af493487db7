import type { createTranslator, Messages } from "next-intl";
import { unsteered } from "../words/unsteered";

export type BrowserWords = ReturnType<typeof createTranslator<Messages, "browser">>;

/** The first match wins: most browsers also name others. */
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;
/** A script may call itself anything, at any length. */
const MAX_NAME = 60;

/**
 * A `User-Agent` as a person would say it: "Chrome on Windows"; one that is no browser's, as it calls itself. It is
 * what the client claims, no more.
 */
export function browserName(t: BrowserWords, userAgent: string): string {
  const find = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => userAgent.includes(mark))?.[1];
  const system = find(SYSTEMS);
  const browser = find(BROWSERS);
  if (system) return t("on", { program: browser ?? t("unknown"), system });
  return browser ?? (unsteered(userAgent).slice(0, MAX_NAME) || t("unknown"));
}

/** What kind of device it seems to be. */
export function deviceKind(userAgent: string): "phone" | "tablet" | "computer" {
  if (/iPhone|Android.*Mobile/.test(userAgent)) return "phone";
  return /iPad|Android/.test(userAgent) ? "tablet" : "computer";
}
