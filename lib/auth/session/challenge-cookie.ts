import { createHash } from "node:crypto";
import { z } from "zod";
import type { CookieJar } from "./cookie-jar";
import { cookieName, cookieOptions, decodeCookie, encodeCookie } from "./session-cookie";

/** Cognito's default for how long a challenge session lives (seconds); `AuthSessionValidity` of the client. */
export const CHALLENGE_SECONDS = 3 * 60;

const common = {
  email: z.string(),
  /** Cognito's own user name, which every answer must carry. */
  username: z.string(),
  /** Cognito's challenge session. */
  session: z.string(),
};
const Pending = z.discriminatedUnion("challenge", [
  z.object({ ...common, challenge: z.literal("NEW_PASSWORD_REQUIRED") }),
  z.object({ ...common, challenge: z.literal("SOFTWARE_TOKEN_MFA") }),
  /** `destination`: the phone, masked by Cognito. */
  z.object({ ...common, challenge: z.literal("SMS_MFA"), destination: z.string() }),
  z.object({ ...common, challenge: z.literal("SELECT_MFA_TYPE") }),
  /** `secret`: for the authenticator app, in base32. */
  z.object({ ...common, challenge: z.literal("MFA_SETUP"), secret: z.string() }),
]);

/** A sign-in that waits for a further step. It is in this browser's cookie only: no session exists yet. */
export type PendingChallenge = z.output<typeof Pending>;

/** Keeps the step for this browser, encrypted and of no use in another one. */
export async function keepChallenge(jar: CookieJar, pending: PendingChallenge): Promise<void> {
  const value = await encodeCookie({ ...pending, browser: browserMark(jar) }, "challenge", CHALLENGE_SECONDS);
  jar.set(cookieName("challenge"), value, { ...cookieOptions(), maxAge: CHALLENGE_SECONDS });
}

/** The step this browser is at, or null when there is none, it took too long, or another browser began it. */
export async function readChallenge(jar: Pick<CookieJar, "get">): Promise<PendingChallenge | null> {
  const payload = await decodeCookie(jar.get(cookieName("challenge"))?.value, "challenge");
  const pending = Pending.safeParse(payload);
  return pending.success && payload?.browser === browserMark(jar) ? pending.data : null;
}

/** Forgets the step: it was taken, or cannot be taken any more. */
export function dropChallenge(jar: CookieJar): void {
  jar.set(cookieName("challenge"), "", { ...cookieOptions(), maxAge: 0 });
}

/** NextAuth's CSRF cookie: every browser has its own by the time it may post anything, and keeps it. */
export function browserMark(jar: Pick<CookieJar, "get">): string {
  return createHash("sha256")
    .update(jar.get(cookieName("csrf"))?.value ?? "")
    .digest("base64url");
}
