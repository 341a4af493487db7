import type { Caller } from "../auth/authenticate";
import { endSession, sessionsOf } from "../auth/session-store";
import { AppError } from "../errors";
import type { OwnSession } from "./contract";

/** The caller's browser sessions, the one used last first. @throws AppError `database_unavailable`. */
export async function listOwnSessions({ principal, session }: Caller): Promise<OwnSession[]> {
  const found = await sessionsOf(principal.sub);
  return found.map((each) => ({
    id: each.id,
    current: each.id === session?.id,
    sign_in: each.client === "web" ? "hosted_ui" : "form",
    user_agent: each.userAgent,
    address: each.address,
    created_at: each.createdAt.toISOString(),
    last_seen_at: each.lastSeenAt.toISOString(),
  }));
}

/** Ends one of the caller's sessions. @throws AppError `not_found`, the same for somebody else's and none. */
export async function endOwnSession({ principal }: Caller, id: string): Promise<void> {
  const own = await sessionsOf(principal.sub);
  if (!own.some((each) => each.id === id)) throw new AppError("not_found");
  await endSession(id);
}
