import type { Client } from "../model/client";
import type { HostedSession } from "../model/hosted";
import type { Pool } from "../model/pool";
import type { Grant, Tracked } from "../model/user";

type TrackedGrant = Grant & { tracked: Tracked };

/** The sign-ins that still give tokens, and that the pool keeps track of. */
export function liveGrants(grants: Grant[], now: number): TrackedGrant[] {
  return grants.filter(
    (grant): grant is TrackedGrant => grant.tracked !== undefined && !grant.revoked && now < grant.expiresAt,
  );
}

/**
 * Those that one more sign-in ends: the least recently used ones beyond the pool's limit (API reference,
 * UserPoolTokenSessionConfigType).
 */
export function evicted(pool: Pool, grants: Grant[], now: number): Grant[] {
  const live = liveGrants(grants, now).sort((a, b) => a.tracked.activeAt - b.tracked.activeAt);
  return live.slice(0, Math.max(0, live.length + 1 - (pool.sessions?.maxPerUser ?? live.length + 1)));
}

/** An hour, where the client does not say (API reference, ClientSSOSessionConfigType). */
export const reuseMinutesOf = ({ reuseMinutes = 60 }: Client) => reuseMinutes;

/**
 * Whether the browser's session is good for this client without a page. Where nothing keeps track it is, as long as it
 * lives; otherwise for the client's minutes since the person signed in.
 */
export function isReusable(
  session: HostedSession,
  about: { pool: Pool; client: Client; now: number },
): boolean {
  const { pool, client, now } = about;
  if (!pool.sessions?.isTracking) return true;
  return now < session.authenticatedAt + reuseMinutesOf(client) * 60_000;
}
