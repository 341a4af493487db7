import { and, desc, eq, inArray, lt, max, ne, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { AppClientName } from "../../cognito/app-client";
import { revokeRefreshToken } from "../../cognito/refresh-tokens";
import type { Tokens } from "../../cognito/sign-in";
import { readDatabase, withDatabase } from "../../db/client";
import type { Database } from "../../db/opened";
import { sessions } from "../../db/schema";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import { seal, unseal } from "./seal";
import { sessionSeconds } from "./session-cookie";

/** `last_seen_at` need not be more exact than this (seconds): a read must not cost a write each time. */
const SEEN_STEP_SECONDS = 60;

const SealedTokens = z.object({
  accessToken: z.string(),
  idToken: z.string(),
  refreshToken: z.string().optional(),
});

/** Whose session it is and how it began. */
export type SessionOwner = {
  sub: string;
  username: string;
  client: AppClientName;
  userAgent: string;
  address: string;
  /** The tenant whose limits the session has; null while it is not known. */
  tenant: string | null;
};

export type Session = {
  id: string;
  sub: string;
  username: string;
  client: AppClientName;
  tokens: z.output<typeof SealedTokens>;
  /** Seconds the access token is still valid, by the database's clock; negative when it has expired. */
  secondsLeft: number;
  /** The tenant that an operator chose to act in, if any; resolveTenant says whether it counts. */
  actingTenant: string | null;
  /** The tenant whose limits it has. */
  tenant: string | null;
};

/** A session that was deleted, with what Cognito still has to be told. */
export type EndedSession = {
  id: string;
  sub: string;
  client: AppClientName;
  sealedTokens: Buffer;
  /** Within its limits until then. */
  wasLive: boolean;
};

/** Within the absolute limit and the idle limit: the application's, or shorter ones of the tenant. OWASP ASVS 5.0, 7.3.1 and 7.3.2. */
export const whereLive = () => sql`${sessions.createdAt} > ${ago(sessionSeconds(), "session_minutes")}
  and ${sessions.lastSeenAt} > ${ago(env().SESSION_IDLE_MINUTES * 60, "session_idle_minutes")}`;
/** Read with the session each time: a limit holds from the next request on. `least` passes over a null. */
const ago = (seconds: number, limit: "session_minutes" | "session_idle_minutes") =>
  sql`now() - make_interval(secs => least(${seconds}::int,
    (select ${sql.raw(limit)} * 60 from tenants where tenants.id = ${sessions.tenant})))`;
const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;
/** A lease that nobody has. Not one that ends now: PostgreSQL rounds to the column's milliseconds, which may be ahead of now. */
const NOBODYS_LEASE = inSeconds(-1);

/** Stores a new session and gives its id. */
export async function createSession(owner: SessionOwner, tokens: Tokens): Promise<string> {
  const id = uuidv7();
  await withDatabase((db) =>
    db.insert(sessions).values({
      ...owner,
      id,
      sealedTokens: sealTokens(id, tokens),
      tokensExpireAt: inSeconds(tokens.expiresIn),
      refreshingUntil: NOBODYS_LEASE,
      createdAt: inSeconds(0),
      lastSeenAt: inSeconds(0),
    }),
  );
  return id;
}

/** The session with this id while it is within its limits, else null. `isSeen`: somebody is at the browser, which is noted. */
export async function resumeSession(id: string, { isSeen = true } = {}): Promise<Session | null> {
  const rows = await withDatabase((db) =>
    db
      .select({
        id: sessions.id,
        sub: sessions.sub,
        username: sessions.username,
        client: sessions.client,
        sealedTokens: sessions.sealedTokens,
        actingTenant: sessions.actingTenant,
        tenant: sessions.tenant,
        secondsLeft: sql<number>`extract(epoch from ${sessions.tokensExpireAt} - now())::float8`,
        unseen: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${SEEN_STEP_SECONDS})`,
      })
      .from(sessions)
      .where(and(eq(sessions.id, id), whereLive())),
  );
  if (isSeen && rows[0]?.unseen) await note(id, { lastSeenAt: inSeconds(0) });
  const row = rows[0];
  if (!row) return null;
  const tokens = unseal(row.sealedTokens, purpose(id));
  if (tokens === null) {
    log("warn", "auth.tokens_unreadable", { sub: row.sub });
    return null;
  }
  return { ...row, tokens: SealedTokens.parse(JSON.parse(tokens)) };
}

/** That it could not be written down is made up for by the next request: a database that is only read goes on serving. */
async function note(id: string, noted: { lastSeenAt: SQL } | { tenant: string }): Promise<void> {
  try {
    await withDatabase((db) => db.update(sessions).set(noted).where(eq(sessions.id, id)));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "database_unavailable") throw error;
    log("warn", "auth.session_not_noted", { error });
  }
}

/** Has a session end by the limits of a tenant from now on, where it began without that being known or by another one's. */
export function limitBy(id: string, tenant: string): Promise<void> {
  return note(id, { tenant });
}

/**
 * Whether this caller may refresh the session now: one at a time, for `seconds` at the most, and only while its tokens
 * are good for less than `below` seconds. A caller who read the row before somebody else renewed them comes too late:
 * it would spend the old refresh token a second time.
 */
export async function takeRefreshLease(
  id: string,
  { below, seconds }: { below: number; seconds: number },
): Promise<boolean> {
  const won = await withDatabase((db) =>
    db
      .update(sessions)
      .set({ refreshingUntil: inSeconds(seconds) })
      .where(
        and(
          eq(sessions.id, id),
          lt(sessions.refreshingUntil, sql`now()`),
          lt(sessions.tokensExpireAt, inSeconds(below)),
        ),
      )
      .returning({ id: sessions.id }),
  );
  return won.length === 1;
}

/** Keeps everyone, the holder included, from refreshing for `seconds` more. */
export async function holdRefreshLease(id: string, seconds: number): Promise<void> {
  await withDatabase((db) =>
    db
      .update(sessions)
      .set({ refreshingUntil: inSeconds(seconds) })
      .where(eq(sessions.id, id)),
  );
}

/**
 * Puts renewed tokens in place and ends the lease. A session that was deleted meanwhile stays deleted, and one that lost
 * its lease is renewed once more: what the tokens say may have changed since they were asked for (refreshSessionsOf).
 */
export async function storeRenewedTokens({ id, tokens: old }: Session, tokens: Tokens): Promise<void> {
  const refreshToken = tokens.refreshToken ?? old.refreshToken;
  await withDatabase((db) =>
    db
      .update(sessions)
      .set({
        sealedTokens: sealTokens(id, { ...tokens, refreshToken }),
        tokensExpireAt: sql`case when ${sessions.refreshingUntil} > now()
          then ${inSeconds(tokens.expiresIn)} else ${sessions.tokensExpireAt} end`,
        refreshingUntil: NOBODYS_LEASE,
      })
      .where(eq(sessions.id, id)),
  );
}

/**
 * Ends a session here and at Cognito. Deleting the row is what ends it; Cognito being away delays only the
 * revocation of a refresh token that nobody holds any more.
 *
 * @returns the session as it was, or null when there was none.
 */
export async function endSession(id: string): Promise<Session | null> {
  const session = await resumeSession(id);
  await withDatabase((db) => db.delete(sessions).where(eq(sessions.id, id)));
  if (session?.tokens.refreshToken) await revoke({ ...session, refreshToken: session.tokens.refreshToken });
  return session;
}

/** Remembers which tenant an operator acts in from now on in this session; null for their own. */
export async function setActingTenant(id: string, tenantId: string | null): Promise<void> {
  await withDatabase((db) => db.update(sessions).set({ actingTenant: tenantId }).where(eq(sessions.id, id)));
}

/** A session as its owner may see it. */
export type SessionSummary = {
  id: string;
  client: AppClientName;
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
};

/** The live sessions of a user, the one used last first. */
export function sessionsOf(sub: string): Promise<SessionSummary[]> {
  return readDatabase((db) =>
    db
      .select({
        id: sessions.id,
        client: sessions.client,
        userAgent: sessions.userAgent,
        address: sessions.address,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
      })
      .from(sessions)
      .where(and(eq(sessions.sub, sub), whereLive()))
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id)),
  );
}

/** When each of these users was last seen in a browser that is signed in still; nothing of who is in none. */
export async function lastSeenOf(subs: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (subs.length === 0) return new Map();
  const rows = await readDatabase((db) =>
    db
      .select({ sub: sessions.sub, at: max(sessions.lastSeenAt) })
      .from(sessions)
      .where(and(inArray(sessions.sub, [...subs]), whereLive()))
      .groupBy(sessions.sub),
  );
  return new Map(rows.flatMap(({ sub, at }) => (at ? [[sub, at]] : [])));
}

/** Has every session of a user renew its tokens before they are used again, because what they say is out of date. */
export async function refreshSessionsOf(sub: string): Promise<void> {
  await withDatabase((db) =>
    db
      .update(sessions)
      .set({ tokensExpireAt: inSeconds(0), refreshingUntil: NOBODYS_LEASE })
      .where(eq(sessions.sub, sub)),
  );
}

/**
 * Deletes the sessions of a user, all but one where that is named, and gives what they were: nobody holds their refresh
 * tokens any more.
 */
export async function deleteSessionsOf(
  sub: string,
  keptId: string | null = null,
  within?: Pick<Database, "delete">,
): Promise<EndedSession[]> {
  const remove = (db: Pick<Database, "delete">) =>
    db
      .delete(sessions)
      .where(and(eq(sessions.sub, sub), keptId === null ? undefined : ne(sessions.id, keptId)))
      .returning({
        id: sessions.id,
        sub: sessions.sub,
        client: sessions.client,
        sealedTokens: sessions.sealedTokens,
        wasLive: sql<boolean>`${whereLive()}`,
      });
  return within ? remove(within) : withDatabase(remove);
}

/** Has Cognito revoke the refresh tokens of sessions that were deleted; what fails is logged. */
export async function revokeTokensOf(ended: EndedSession[]): Promise<void> {
  await Promise.all(
    ended.map(async ({ id, sub, client, sealedTokens }) => {
      const tokens = unseal(sealedTokens, purpose(id));
      const { refreshToken } = tokens === null ? {} : SealedTokens.parse(JSON.parse(tokens));
      if (refreshToken) await revoke({ sub, client, refreshToken });
    }),
  );
}

async function revoke({
  sub,
  client,
  refreshToken,
}: {
  sub: string;
  client: AppClientName;
  refreshToken: string;
}) {
  try {
    await revokeRefreshToken(refreshToken, client);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "auth.revocation_failed", { sub, error });
  }
}

function sealTokens(id: string, { accessToken, idToken, refreshToken }: Omit<Tokens, "expiresIn">): Buffer {
  return seal(JSON.stringify({ accessToken, idToken, refreshToken }), purpose(id));
}

const purpose = (id: string) => `session:${id}`;
