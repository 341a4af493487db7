import type { z } from "zod";
import type { Caller } from "../auth/access/identify";
import { endOtherAccess } from "../auth/endings/end-access";
import { endSession, sessionsOf } from "../auth/session/session-store";
import { recordOwnAudit } from "../auth/tenancy/own-audit";
import { latestNow } from "../cognito/client";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import type { EndedOthers, EndOthers, OwnSession } from "./contract";
import { cameByHostedUi } from "./own-access-token";
import { requirePassword } from "./password-again";

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

/**
 * Ends everything of the caller but the sign-in that asks: browsers and scripts. The password is asked for, or whoever
 * got hold of one browser could shut the owner out of all the others; who came by the Hosted UI has none to say.
 *
 * @throws AppError `invalid_request`, `invalid_credentials`, `rate_limited`, `cognito_unavailable`,
 *   `database_unavailable`.
 */
export async function endOtherSessions(
  caller: Caller,
  { password }: z.output<typeof EndOthers>,
): Promise<z.output<typeof EndedOthers>> {
  if (!cameByHostedUi(caller)) {
    const fields = [fieldError("password", "required")];
    if (password === undefined) throw new AppError("invalid_request", { fields });
    await requirePassword(caller, password);
  }
  const ended = await endOtherAccess(caller, latestNow());
  await recordOwnAudit(caller, { action: "sign_out.others", detail: { count: ended } });
  return { ended };
}
