import { randomBytes, randomUUID } from "node:crypto";
import type { HostedSession } from "../model/hosted";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";
import { type Call, cookieOf } from "../protocol/reply";
import { fingerprint } from "../rules/fingerprint";
import type { Cognito } from "../store/cognito";
import { type Change, drop, put } from "../store/store";

/** "The session cookie is valid for one hour" (developer guide, "User pool managed login"). */
const LIFETIME_S = 60 * 60;

/** Every pool has its own: here they share one host, where on AWS each has its domain. */
const cookieName = (pool: Pool) => `cognito-${pool.id}`;

/**
 * Signs the browser in at the pool's Hosted UI, in place of whoever was before.
 * @returns the session, and the Set-Cookie header that carries it.
 */
export function startSession(
  cognito: Cognito,
  pool: Pool,
  user: User,
  call: Call,
): { session: HostedSession; cookie: string } {
  const secret = randomBytes(32).toString("base64url");
  const now = cognito.now();
  const session: HostedSession = {
    cookieHash: fingerprint(secret),
    poolId: pool.id,
    username: user.username,
    sub: user.attributes.sub ?? randomUUID(),
    authenticatedAt: now,
    expiresAt: now + LIFETIME_S * 1_000,
  };
  cognito.commit(...ended(cognito, pool, call), put("sessions", session));
  return {
    session,
    cookie: `${cookieName(pool)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFETIME_S}`,
  };
}

/**
 * The session that the browser has at this pool, as long as its user is still there and may sign in.
 * GlobalSignOut does not end it; only `/logout` does (developer guide, "Managing user pool token expiration").
 */
export function currentSession(cognito: Cognito, pool: Pool, call: Call): HostedSession | undefined {
  const session = storedSession(cognito, pool, call);
  if (!session || session.expiresAt <= cognito.now()) return undefined;
  const user = cognito.user(pool.id, session.username);
  const maySignIn = user?.enabled && user.status === "CONFIRMED" && user.attributes.sub === session.sub;
  return maySignIn ? session : undefined;
}

/** Signs the browser out of the pool's Hosted UI. @returns the Set-Cookie header that clears the cookie. */
export function endSession(cognito: Cognito, pool: Pool, call: Call): string {
  cognito.commit(...ended(cognito, pool, call));
  return `${cookieName(pool)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
}

function ended(cognito: Cognito, pool: Pool, call: Call): Change[] {
  const session = storedSession(cognito, pool, call);
  return session ? [drop("sessions", session)] : [];
}

function storedSession(cognito: Cognito, pool: Pool, call: Call): HostedSession | undefined {
  const cookie = cookieOf(call, cookieName(pool));
  const session = cookie ? cognito.hostedSession(fingerprint(cookie)) : undefined;
  return session?.poolId === pool.id ? session : undefined;
}
