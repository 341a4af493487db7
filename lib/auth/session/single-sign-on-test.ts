import type { CookieJar } from "./cookie-jar";
import { cookieName, cookieOptions, decodeCookie, encodeCookie } from "./session-cookie";

/** How long somebody may take at their provider (seconds). */
const SECONDS = 10 * 60;

/** Who tries whether their tenant's provider works. */
export type SingleSignOnTest = { sub: string; tenantId: string };

/** Has the next sign-in of this browser by the tenant's provider be a test. */
export async function keepTest(jar: CookieJar, test: SingleSignOnTest): Promise<void> {
  const value = await encodeCookie({ ...test }, "single-sign-on-test", SECONDS);
  jar.set(cookieName("test"), value, { ...cookieOptions(), maxAge: SECONDS });
}

/** The test that this browser has begun, once: null where it has not, or took too long. */
/** @public TEMPORARY */
export async function takeTest(jar: CookieJar): Promise<SingleSignOnTest | null> {
  const payload = await decodeCookie(jar.get(cookieName("test"))?.value, "single-sign-on-test");
  if (jar.get(cookieName("test"))) jar.set(cookieName("test"), "", { ...cookieOptions(), maxAge: 0 });
  if (typeof payload?.sub !== "string" || typeof payload.tenantId !== "string") return null;
  return { sub: payload.sub, tenantId: payload.tenantId };
}
