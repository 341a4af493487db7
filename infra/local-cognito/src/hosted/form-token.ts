import { randomBytes } from "node:crypto";
import { isOwnOrigin } from "../protocol/cross-origin";
import { type Call, cookieOf, formOf, secureOn } from "../protocol/reply";
import { sameSecret } from "../rules/secret-hash";

/** Cookie and field have Cognito's names, so that scripts written for its forms work here too. */
const COOKIE = "XSRF-TOKEN";
export const FIELD = "_csrf";

/** The token that a page's forms carry, and the Set-Cookie header for a browser that has none yet. */
export function formToken(call: Call): { token: string; headers: { "set-cookie": string[] } } {
  const known = cookieOf(call, COOKIE);
  if (known && /^[\w-]{43}$/.test(known)) return { token: known, headers: { "set-cookie": [] } };
  const token = randomBytes(32).toString("base64url");
  return {
    token,
    headers: { "set-cookie": [`${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax${secureOn(call)}`] },
  };
}

/**
 * The form that was posted, when it comes from a page of ours in this browser; otherwise null. Without this,
 * another site could sign the browser in as somebody else, who then reads along.
 */
export function postedForm(call: Call): URLSearchParams | null {
  const form = formOf(call);
  const cookie = cookieOf(call, COOKIE);
  if (!form || !cookie || !isOwnOrigin(call)) return null;
  return sameSecret(form.get(FIELD) ?? "", cookie) ? form : null;
}
