import { randomBytes, randomUUID } from "node:crypto";
import type { HostedSession } from "../model/hosted";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";
import { cookieOf, secureOn } from "../protocol/reply";
import { fingerprint } from "../rules/fingerprint";
import { isReusable, reuseMinutesOf } from "../rules/tracked-sessions";
import { type Change, drop, put } from "../store/store";
import { newSessionId } from "../tokens/opaque";
import type { Visit } from "./authorize-request";

/** "The session cookie is valid for one hour" (developer guide, "User pool managed login"). */
const LIFETIME_S = 60 * 60;

/** Every pool has its own: here they share one host, where on AWS each has its domain. */
const cookieName = (pool: Pool) => `cognito-${pool.id}`;

/**
 * Signs the browser in at the pool's Hosted UI, in place of whoever was before.
 * @returns the session, and the Set-Cookie header that carries it.
 */
export function startSession(
  visit: Visit,
  user: User,
  providerName?: string,
): { session: HostedSession; cookie: string } {
  const { cognito, pool } = visit;
  const secret = randomBytes(32).toString("base64url");
  const now = cognito.now();
  const lifetime = pool.sessions?.isTracking
    ? Math.max(LIFETIME_S, reuseMinutesOf(visit.client) * 60)
    : LIFETIME_S;
  const session: HostedSession = {
    cookieHash: fingerprint(secret),
    poolId: pool.id,
    username: user.username,
    sub: user.attributes.sub ?? randomUUID(),
    providerName,
    authenticatedAt: now,
    expiresAt: now + lifetime * 1_000,
    ...(pool.sessions?.isTracking && {
      tracked: { id: newSessionId("sso"), activeAt: now, clientId: visit.client.id },
    }),
  };
  cognito.commit(...ended(visit), put("sessions", session));
  return {
    session,
    cookie: `${cookieName(pool)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifetime}${secureOn(visit.call)}`,
  };
}

/**
 * The session that the browser has at this pool, as long as its user is still there and may sign in.
 * GlobalSignOut does not end it; only `/logout` does (developer guide, "Managing user pool token expiration").
 */
export function currentSession(visit: Visit): HostedSession | undefined {
  const { cognito, pool } = visit;
  const session = storedSession(visit);
  if (!session || session.expiresAt <= cognito.now()) return undefined;
  const user = cognito.user(pool.id, session.username);
  const maySignIn =
    user?.enabled &&
    user.attributes.sub === session.sub &&
    (session.providerName || user.status === "CONFIRMED");
  return maySignIn && isReusable(session, { ...visit, now: cognito.now() }) ? session : undefined;
}

/** Signs the browser out of the pool's Hosted UI. @returns the Set-Cookie header that clears the cookie. */
export function endSession(visit: Visit): string {
  visit.cognito.commit(...ended(visit));
  return `${cookieName(visit.pool)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secureOn(visit.call)}`;
}

function ended(visit: Visit): Change[] {
  const session = storedSession(visit);
  return session ? [drop("sessions", session)] : [];
}

function storedSession({ cognito, pool, call }: Visit): HostedSession | undefined {
  const cookie = cookieOf(call, cookieName(pool));
  const session = cookie ? cognito.hostedSession(fingerprint(cookie)) : undefined;
  return session?.poolId === pool.id ? session : undefined;
}
