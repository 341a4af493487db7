import { z } from "zod";
import type { CookieJar } from "./cookie-jar";
import { cookieName, cookieOptions, decodeCookie, encodeCookie } from "./session-cookie";

/** How long somebody may take at their provider (seconds). */
const SECONDS = 10 * 60;

/** Who tries whether their tenant's provider works, and how often it was set by then: another number is another provider. */
export type SingleSignOnTest = z.output<typeof Test>;
const Test = z.object({ sub: z.string(), tenantId: z.string(), version: z.int() });

/** Has the next sign-in of this browser by the tenant's provider be a test. */
export async function keepTest(jar: CookieJar, test: SingleSignOnTest): Promise<void> {
  const value = await encodeCookie({ ...test }, "single-sign-on-test", SECONDS);
  jar.set(cookieName("test"), value, { ...cookieOptions(), maxAge: SECONDS });
}

/** The test that this browser has begun, once: null where it has not, or took too long. */
export async function takeTest(jar: CookieJar): Promise<SingleSignOnTest | null> {
  const payload = await decodeCookie(jar.get(cookieName("test"))?.value, "single-sign-on-test");
  if (jar.get(cookieName("test"))) jar.set(cookieName("test"), "", { ...cookieOptions(), maxAge: 0 });
  const test = Test.safeParse(payload);
  return test.success ? test.data : null;
}
