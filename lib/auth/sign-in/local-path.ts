/** Stands in for our own origin: what resolves to another one would leave the site. */
const ORIGIN = "https://here.invalid";

/** What goes into a `Location` or a cookie must fit, with all other headers, the 4 KB of a proxy's head (characters). */
export const MAX_CARRIED = 2_000;

/**
 * A path of this site to go to after signing in, or null for anything that a browser would follow elsewhere
 * (`//evil`, `/\evil`, `https:…`, a tab inside) or that is no address. OWASP ASVS 5.0, 1.3 and 2.1.
 */
export function localPath(value: unknown): string | null {
  if (typeof value !== "string" || !value.startsWith("/")) return null;
  const url = onOrigin(value, ORIGIN);
  return url && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : null;
}

/**
 * The same of what NextAuth takes, which may be an address in full: without its query or its path when it is too long to
 * be carried, encoded once more; null when it leaves this site.
 */
export function ownAddress(value: string, origin: string): string | null {
  const url = onOrigin(value, origin);
  if (!url) return null;
  const shorter = [url.href, origin + url.pathname, origin];
  return shorter.find((each) => encodeURIComponent(each).length <= MAX_CARRIED) ?? null;
}

/** An address as a browser at `origin` resolves it; null when that is elsewhere, or it is none. */
function onOrigin(value: string, origin: string): URL | null {
  if (!URL.canParse(value, origin)) return null;
  const url = new URL(value, origin);
  return url.origin === origin ? url : null;
}

/**
 * A path as an address carries it as the value of a parameter: with its letters written out, which would otherwise be
 * encoded a second time and three times as long; without its query when it is too long even so, and `/` when the path
 * alone is.
 *
 * @param path percent-encoded, as `localPath` or a request has it.
 */
export function carriedPath(path: string): string {
  const readable = path.replace(/(?:%[89a-f][0-9a-f])+/gi, lettersOf);
  const withoutQuery = readable.replace(/[?#].*$/s, "");
  return [readable, withoutQuery].find((each) => carriedLength(each) <= MAX_CARRIED) ?? "/";
}

/** As it will be written: a query encodes more than `encodeURIComponent` does. */
function carriedLength(path: string): number {
  return new URLSearchParams({ "": path }).toString().length - 1;
}

/** Only letters beyond ASCII: a `%26` that were written out would become another parameter. */
function lettersOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return encoded;
    throw error;
  }
}
