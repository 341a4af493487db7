import { env } from "../env";
import { AppError } from "../errors";
import { refusedUpTo } from "./not-before";
import { type Principal, principalFromToken } from "./principal";
import { freshSession } from "./refresh";
import { readSessionCookie } from "./session-cookie";

/** What a request brings to say who it is: both as they came, unverified. */
export type Presented = {
  /** The `Authorization` header, or null. */
  authorization: string | null;
  /** The value of the session cookie, if any. */
  sessionCookie: string | undefined;
};

/**
 * Who is asking. The `Authorization` header decides when there is one, and the cookie is then not even looked at;
 * otherwise the cookie leads to a session and so to an access token. From there both are one path.
 *
 * @throws AppError `missing_token`, `invalid_token`, `wrong_token_use`, `session_ended`, `keys_unavailable`,
 *   `database_unavailable`, `cognito_unavailable`.
 */
export async function authenticate(presented: Presented): Promise<Principal> {
  const principal = await principalFromToken(await tokenFrom(presented));
  if (principal.issuedAt <= (await refusedUpTo(principal.sub))) {
    throw new AppError(presented.authorization === null ? "session_ended" : "invalid_token", {
      cause: "issued before a sign-out everywhere",
    });
  }
  return principal;
}

async function tokenFrom({ authorization, sessionCookie }: Presented): Promise<string> {
  if (authorization !== null) return bearerToken(authorization);
  if (sessionCookie === undefined) throw new AppError("missing_token");
  const cookie = await readSessionCookie(sessionCookie);
  if (!cookie) throw new AppError("session_ended");
  const { tokens } = await freshSession(cookie.sessionId);
  return env().COGNITO_PREFERRED_TOKEN_USE === "id" ? tokens.idToken : tokens.accessToken;
}

/** RFC 6750 section 2.1; the scheme's name is case-insensitive (RFC 9110 section 11.1). */
function bearerToken(authorization: string): string {
  const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) throw new AppError("invalid_token", { detail: "Send: Authorization: Bearer <token>." });
  return token;
}
