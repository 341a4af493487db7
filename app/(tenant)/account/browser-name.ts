import type { createTranslator, Messages } from "next-intl";

/** The first that fits wins: most browsers also claim to be another one. */
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

/** A `User-Agent` as a person would say it: "Chrome on Windows". It is what the browser claims, no more. */
export function browserName(
  t: ReturnType<typeof createTranslator<Messages, "account">>,
  userAgent: string,
): string {
  const find = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = find(BROWSERS) ?? t("aBrowser");
  const system = find(SYSTEMS);
  return system ? t("browserOn", { browser, system }) : browser;
}
