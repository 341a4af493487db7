export const LOCALE_COOKIE = "sekisho.locale";
export const THEME_COOKIE = "sekisho.theme";
export const ZONE_COOKIE = "sekisho.zone";

/** Has this browser remember a preference for a year. Not secret, and of no use to anybody else. */
export function remember(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
