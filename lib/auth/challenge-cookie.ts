import { z } from "zod";
import type { Challenge } from "../cognito/sign-in";
import type { CookieJar } from "./cookie-jar";
import { cookieName, cookieOptions, decodeCookie, encodeCookie } from "./session-cookie";

/** Cognito's default for how long a challenge session lives (seconds); `AuthSessionValidity` of the client. */
const CHALLENGE_SECONDS = 3 * 60;

const Pending = z.object({
  email: z.string(),
  /** Cognito's own user name, which every answer must carry. */
  username: z.string(),
  challenge: z.literal("NEW_PASSWORD_REQUIRED"),
  session: z.string(),
});

/** A sign-in that waits for a further step. It is in this browser's cookie only: no session exists yet. */
export type PendingChallenge = z.output<typeof Pending>;

/** Keeps the step for this browser, encrypted; false when it is one that our pages cannot show. */
export async function keepChallenge(jar: CookieJar, email: string, challenge: Challenge): Promise<boolean> {
  const pending = Pending.safeParse({
    email,
    username: challenge.parameters.USER_ID_FOR_SRP ?? email,
    challenge: challenge.name,
    session: challenge.session,
  });
  if (!pending.success) return false;
  const value = await encodeCookie(pending.data, "challenge", CHALLENGE_SECONDS);
  jar.set(cookieName("challenge"), value, { ...cookieOptions(), maxAge: CHALLENGE_SECONDS });
  return true;
}

/** The step this browser is at, or null when there is none or it took too long. */
export async function readChallenge(jar: Pick<CookieJar, "get">): Promise<PendingChallenge | null> {
  const payload = await decodeCookie(jar.get(cookieName("challenge"))?.value, "challenge");
  const pending = Pending.safeParse(payload);
  return pending.success ? pending.data : null;
}

/** Forgets the step: it was taken, or cannot be taken any more. */
export function dropChallenge(jar: CookieJar): void {
  jar.set(cookieName("challenge"), "", { ...cookieOptions(), maxAge: 0 });
}
