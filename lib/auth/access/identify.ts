import { noteSubject } from "../../current-request";
import { env } from "../../env";
import { AppError } from "../../errors";
import { freshSession } from "../session/refresh";
import { readSessionCookie, type SessionCookie } from "../session/session-cookie";
import type { Session } from "../session/session-store";
import { requireNotEnded } from "./not-before";
import { type Principal, principalFromToken } from "./principal";

/** What a request brings to say who it is: both as they came, unverified. */
export type Presented = {
  /** The `Authorization` header, or null. */
  authorization: string | null;
  /** The value of the session cookie, if any. */
  sessionCookie: string | undefined;
  /** Where it came from, as clientAddress has it, where that is known. */
  address?: string | null;
  /** A page asks by itself, perhaps with nobody at it: that keeps no session from its idle limit. */
  isUnattended?: boolean;
};

/** Who is asking, and by what: only what concerns the account itself needs to know the latter. */
export type Caller = {
  principal: Principal;
  /** Null when the caller sent an ID token: with that, Cognito does nothing for a user. */
  accessToken: string | null;
  /** Null for a bearer; so is what its cookie says. */
  session: Session | null;
  cookie?: SessionCookie | null;
  /** Where the request came from, for the record. */
  address: string | null;
};

/**
 * Who is asking. The `Authorization` header decides when there is one, and the cookie is then not even looked at;
 * otherwise the cookie leads to a session and so to an access token. From there both are one path.
 *
 * @throws AppError `missing_token`, `invalid_token`, `wrong_token_use`, `session_ended`, `keys_unavailable`,
 *   `database_unavailable`, `cognito_unavailable`.
 */
export async function identify(presented: Presented): Promise<Caller> {
  const { authorization, address = null } = presented;
  const { session = null, cookie = null } = authorization === null ? await sessionFrom(presented) : {};
  const token = session ? preferredToken(session) : bearerToken(authorization ?? "");
  const principal = await principalFromToken(token);
  noteSubject(principal.sub);
  await requireNotEnded(
    principal,
    () => new AppError(session ? "session_ended" : "invalid_token", { cause: "of a sign-in that has ended" }),
  );
  const bearerAccess = principal.tokenUse === "access" ? token : null;
  return {
    principal,
    session,
    cookie,
    address,
    accessToken: session ? session.tokens.accessToken : bearerAccess,
  };
}

/**
 * Whose token or session cookie it is, also when their access has ended: for finishing what ended it, and nothing else.
 *
 * @returns the `sub`, or null when that is not certain.
 */
export async function identifyEnded({ authorization, sessionCookie }: Presented): Promise<string | null> {
  if (authorization !== null) return (await principalFromToken(bearerToken(authorization))).sub;
  return (await readSessionCookie(sessionCookie))?.sub ?? null;
}

async function sessionFrom({
  sessionCookie,
  isUnattended,
}: Presented): Promise<{ session: Session; cookie: SessionCookie }> {
  if (sessionCookie === undefined) throw new AppError("missing_token");
  const cookie = await readSessionCookie(sessionCookie);
  if (!cookie) throw new AppError("session_ended");
  return { session: await freshSession(cookie.sessionId, { isSeen: !isUnattended }), cookie };
}

function preferredToken({ tokens }: Session): string {
  return env().COGNITO_PREFERRED_TOKEN_USE === "id" ? tokens.idToken : tokens.accessToken;
}

/** RFC 6750 section 2.1; the scheme's name is case-insensitive (RFC 9110 section 11.1). */
function bearerToken(authorization: string): string {
  const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) throw new AppError("invalid_token", { detail: "Send: Authorization: Bearer <token>." });
  return token;
}
