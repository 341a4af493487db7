import type { Caller } from "../auth/access/identify";
import { endSession, sessionsOf } from "../auth/session/session-store";
import { recordOwnAudit } from "../auth/tenancy/own-audit";
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
export async function endOwnSession(caller: Caller, id: string): Promise<void> {
  const own = (await sessionsOf(caller.principal.sub)).find((each) => each.id === id);
  if (!own) throw new AppError("not_found");
  await endSession(id);
  await recordOwnAudit(caller, { action: "sign_out.session", detail: { user_agent: own.userAgent } });
}
