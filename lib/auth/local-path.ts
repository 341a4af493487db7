/** Stands in for our own origin: what resolves to another one would leave the site. */
const ORIGIN = "https://here.invalid";

/**
 * A path of this site to go to after signing in, or null for anything that a browser would follow elsewhere
 * (`//evil`, `/\evil`, `https:…`, a tab inside) or that is no address. OWASP ASVS 5.0, 1.3 and 2.1.
 */
export function localPath(value: unknown): string | null {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, ORIGIN)) return null;
  const { origin, pathname, search, hash } = new URL(value, ORIGIN);
  return origin === ORIGIN && !pathname.startsWith("//") ? pathname + search + hash : null;
}
