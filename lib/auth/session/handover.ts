import { createHash, randomBytes } from "node:crypto";
import type { CookieJar } from "./cookie-jar";
import {
  cookieName,
  cookieOptions,
  decodeCookie,
  encodeCookie,
  type SessionCookie,
  sessionSeconds,
} from "./session-cookie";

/** How long a person may take to sign in on the way (seconds). */
const STATE_SECONDS = 15 * 60;
/** How long a code may be under way, through one redirect (seconds). */
const CODE_SECONDS = 60;

/**
 * Begins to bring a session from the main host to a tenant's own: marks this browser on the tenant's host, so that a
 * code that somebody else obtained signs nobody in here. RFC 9700 section 4.7.
 *
 * @returns the state for `handOver`.
 */
export function beginHandover(jar: CookieJar): string {
  const mark = randomBytes(32).toString("base64url");
  jar.set(cookieName("handover"), mark, { ...cookieOptions(), maxAge: STATE_SECONDS });
  return stateOf(mark);
}

/** On the main host: a short-lived code for one tenant's host and the one browser that asked with `state`. */
export function handOver(session: SessionCookie, tenantId: string, state: string): Promise<string> {
  return encodeCookie({ ...session, tenantId, state }, "handover", CODE_SECONDS);
}

/**
 * On the tenant's host: takes the session that `code` brings, as a cookie of this host alone.
 *
 * @returns false for a code that is late, for another tenant, or that another browser asked for; the one that used it has dropped its mark.
 */
export async function takeOver(jar: CookieJar, code: string, tenantId: string): Promise<boolean> {
  const mark = jar.get(cookieName("handover"))?.value;
  const brought = await decodeCookie(code, "handover");
  if (!mark || brought?.tenantId !== tenantId || brought.state !== stateOf(mark)) return false;
  const { sessionId, sub = "", name = "" } = brought;
  const cookie = await encodeCookie({ sessionId, sub, name }, "", sessionSeconds());
  jar.set(cookieName("session"), cookie, { ...cookieOptions(), maxAge: sessionSeconds() });
  jar.set(cookieName("handover"), "", { ...cookieOptions(), maxAge: 0 });
  return true;
}

function stateOf(mark: string): string {
  return createHash("sha256").update(mark).digest("base64url");
}
