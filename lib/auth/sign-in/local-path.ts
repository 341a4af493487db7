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

/** What goes into a `Location` with all other headers must fit the 4 KB that proxies give a head (characters). */
const CARRIED = 2_000;

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
  return [readable, withoutQuery].find((each) => carriedLength(each) <= CARRIED) ?? "/";
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
