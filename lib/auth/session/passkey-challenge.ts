import { z } from "zod";
import { browserMark, CHALLENGE_SECONDS } from "./challenge-cookie";
import type { CookieJar } from "./cookie-jar";
import { decodeCookie, encodeCookie } from "./session-cookie";

const Pending = z.object({
  /** Who signs in: an e-mail address, or Cognito's name of somebody that we know no address of. */
  account: z.string(),
  /** Cognito's challenge session. */
  session: z.string(),
});

/** A sign-in that waits for a passkey. */
export type PendingPasskey = z.output<typeof Pending>;

/**
 * Encrypts what the answer needs, to go with it. Not a cookie: a page asks for one on the chance that somebody uses a
 * passkey, and must not end a sign-in that is under way in another tab. Of no use in another browser; a program that
 * keeps no cookies is no browser.
 */
export function sealPasskeyChallenge(jar: Pick<CookieJar, "get">, pending: PendingPasskey): Promise<string> {
  return encodeCookie({ ...pending, browser: browserMark(jar) }, "passkey", CHALLENGE_SECONDS);
}

/** The same read: null when it took too long, another browser began it, or it is not ours. */
export async function openPasskeyChallenge(
  jar: Pick<CookieJar, "get">,
  sealed: string,
): Promise<PendingPasskey | null> {
  const payload = await decodeCookie(sealed, "passkey");
  const pending = Pending.safeParse(payload);
  return pending.success && payload?.browser === browserMark(jar) ? pending.data : null;
}
