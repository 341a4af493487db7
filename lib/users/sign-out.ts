import type { Caller } from "../auth/authenticate";
import { endAccess } from "../auth/end-access";
import { recordOwnAudit } from "../auth/own-audit";
import { log } from "../log";

/** Ends everything of the caller, as endAccess says. @throws AppError `database_unavailable`, `cognito_unavailable`. */
export async function logout(caller: Caller): Promise<void> {
  await endAccess(caller.principal);
  log("info", "auth.signed_out_everywhere", { sub: caller.principal.sub });
  await recordOwnAudit(caller, { action: "sign_out.everywhere" });
}
