import { setTimeout as sleep } from "node:timers/promises";
import { refreshTokens } from "../../cognito/refresh-tokens";
import { AppError } from "../../errors";
import { log } from "../../log";
import {
  endSession,
  holdRefreshLease,
  resumeSession,
  type Session,
  storeRenewedTokens,
  takeRefreshLease,
} from "./session-store";

/** An access token with less left than this (seconds) is refreshed before it is used. */
const RENEW_BELOW_SECONDS = 60;
/** Longer than a call to Cognito may take, so that a lease outlives its holder's work (seconds). */
const LEASE_SECONDS = 10;
const LEASE = { below: RENEW_BELOW_SECONDS, seconds: LEASE_SECONDS };
/** After a passing failure nobody asks again for this long (seconds). */
const PAUSE_SECONDS = 3;
/** Who waits for another instance looks again after this, then ever less often: many may be waiting. */
const POLL_MS = 50;
const MAX_POLLS_APART = 6;

/** The refreshes that run in this process: whoever needs one of them waits for it and does not poll. */
const renewals = new Map<string, Promise<void>>();

/**
 * The session with tokens that are valid now, refreshed if they must be.
 *
 * Whoever wins the lease on the row asks Cognito; no lock is held meanwhile. The others go on with a token that is
 * still valid, or wait for the winner when it is not, and then read the row again: a sign-out in between counts.
 * A passing failure keeps the session; only Cognito's refusal ends it. A database that can only be read for a while
 * gives no lease: Cognito is not asked, since what it answers could not be kept.
 *
 * @param isSeen false where nobody may be at the browser: the session's idle time goes on.
 * @throws AppError `session_ended`; `cognito_unavailable`, `database_unavailable` when the token has expired and cannot
 *   be renewed now.
 */
export async function freshSession(id: string, { isSeen = true } = {}): Promise<Session> {
  const deadline = Date.now() + LEASE_SECONDS * 1000;
  for (let turn = 1; Date.now() < deadline; turn++) {
    const session = await resumeSession(id, { isSeen });
    if (!session) throw new AppError("session_ended");
    if (session.secondsLeft > RENEW_BELOW_SECONDS) return session;
    try {
      const won = !renewals.has(id) && (await takeRefreshLease(id, LEASE));
      if (won)
        renewals.set(
          id,
          renew(session).finally(() => renewals.delete(id)),
        );
      else if (session.secondsLeft > 0) return session;
      await (renewals.get(id) ?? sleep(POLL_MS * Math.min(turn, MAX_POLLS_APART)));
    } catch (error) {
      if (!isPassing(error) || session.secondsLeft <= 0) throw error;
      log("warn", "auth.refresh_postponed", { sub: session.sub, error });
      return session;
    }
  }
  throw new AppError("cognito_unavailable", { cause: "the refresh did not come to an end", retryAfter: 1 });
}

async function renew(session: Session): Promise<void> {
  const { refreshToken } = session.tokens;
  try {
    if (!refreshToken) throw new AppError("session_ended", { cause: "no refresh token" });
    await storeRenewedTokens(session, await refreshTokens(refreshToken, session.username, session.client));
  } catch (error) {
    if (isPassing(error)) await holdRefreshLease(session.id, PAUSE_SECONDS);
    else await endSession(session.id);
    throw error;
  }
}

/** Cognito's refusal is final; anything else (throttled, slow, away, or our own database) may pass. */
function isPassing(error: unknown): boolean {
  return !(error instanceof AppError && error.code === "session_ended");
}
