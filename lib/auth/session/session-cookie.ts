import { decode, encode, type JWT } from "next-auth/jwt";
import { env } from "../../env";
import { isLoopback } from "../../loopback";
import { RecentMap } from "../../recent-map";

/** What the browser holds, encrypted: which session, whose, and the name to greet. No token. */
export type SessionCookie = { sessionId: string; sub: string; name: string };

type CookiePurpose =
  | "session"
  | "challenge"
  | "device"
  | "handover"
  | "test"
  | "csrf"
  | "callback"
  | "state"
  | "nonce"
  | "pkce";

/** How long a browser's session may last, however busy it is (seconds). OWASP ASVS 5.0, 7.3.2. */
export function sessionSeconds(): number {
  return env().SESSION_MINUTES * 60;
}

/**
 * `__Host-` makes the browser refuse the cookie from another host, path or plain http; it needs https. On loopback the
 * port is in the name too: cookies know no ports (RFC 6265 section 8.5), and what runs on another one is another
 * application there, which would sign this one's people out.
 */
export function cookieName(purpose: CookiePurpose): string {
  const { hostname, port, protocol } = new URL(env().NEXTAUTH_URL);
  const isSecure = protocol === "https:";
  const ofPort = isLoopback(hostname) ? `-${port || (isSecure ? 443 : 80)}` : "";
  return `${isSecure ? "__Host-" : ""}sekisho${ofPort}.${purpose}`;
}

/** The attributes of every cookie that we set. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

/** The session cookie as OpenAPI describes a way to sign in. */
export function sessionCookieScheme() {
  return {
    type: "apiKey",
    in: "cookie",
    name: cookieName("session"),
    description:
      "A browser's session, from the sign-in pages. Writes must come from a page of the same origin (`Origin`), or they are refused with 403 `cross_origin`. Not looked at when there is an `Authorization` header.",
  } as const;
}

/** Encrypts for a cookie (JWE). `salt` keeps a challenge from ever being read as a session. */
export function encodeCookie(token: JWT, salt: string, maxAge: number): Promise<string> {
  return encode({ token, salt, maxAge, secret: env().NEXTAUTH_SECRET });
}

/** Decrypts with either secret of this process; null when neither fits or it has expired. */
export async function decodeCookie(token: string | undefined, salt: string): Promise<JWT | null> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS } = env();
  for (const secret of [NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS]) {
    if (!secret) continue;
    // jose throws for a wrong key, a foreign format and an expired token alike: all mean "no cookie".
    const payload = await decode({ ...(token !== undefined && { token }), salt, secret }).catch(() => null);
    if (payload) return payload;
  }
  return null;
}

/** How many cookies are remembered as ours; the one that was longest not seen is forgotten first. */
const MOST_REMEMBERED = 2_000;
/** By digest, so that no cookie stays in memory for longer than its request. */
const remembered = new RecentMap<{ cookie: SessionCookie; exp: number }>(MOST_REMEMBERED);

/**
 * The browser's session cookie, decrypted; null when there is none or it is not ours. One that was seen before is not
 * decrypted again: the middleware and the page both ask. Whether its session still lives is for the database to say.
 */
export async function readSessionCookie(value: string | undefined): Promise<SessionCookie | null> {
  if (value === undefined) return null;
  const digest = await digestOf(value);
  const known = remembered.get(digest);
  remembered.delete(digest);
  const read = known && Date.now() < known.exp * 1000 ? known : await decryptedSession(value);
  if (!read) return null;
  remembered.keep(digest, read);
  return read.cookie;
}

async function decryptedSession(value: string): Promise<{ cookie: SessionCookie; exp: number } | null> {
  const payload = await decodeCookie(value, "");
  if (typeof payload?.sessionId !== "string" || typeof payload.sub !== "string") return null;
  const { sessionId, sub, name, exp } = payload;
  const cookie = Object.freeze({ sessionId, sub, name: name ?? "" });
  return { cookie, exp: typeof exp === "number" ? exp : 0 };
}

/** Of the cookie and of the secrets that may open it. The edge has no synchronous one. */
async function digestOf(value: string): Promise<string> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS = "" } = env();
  const bytes = new TextEncoder().encode(`${NEXTAUTH_SECRET}\n${NEXTAUTH_SECRET_PREVIOUS}\n${value}`);
  return String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith("https:");
}

/** The value of the session cookie in a `Cookie` header. */
export function sessionCookieFrom(header: string | null): string | undefined {
  return cookieFrom(header, "session");
}

/** The value of one of our cookies in a `Cookie` header (RFC 6265 section 4.2.1). */
export function cookieFrom(header: string | null, purpose: CookiePurpose): string | undefined {
  const prefix = `${cookieName(purpose)}=`;
  const pair = header?.split(/;\s*/).find((each) => each.startsWith(prefix));
  return pair?.slice(prefix.length);
}
