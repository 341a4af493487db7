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

/** Browser and system of a `User-Agent`, where a person would know them. It is what the browser claims, no more. */
export function knownBrowser(userAgent: string): { browser: string | undefined; system: string | undefined } {
  const find = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => userAgent.includes(mark))?.[1];
  return { browser: find(BROWSERS), system: find(SYSTEMS) };
}
