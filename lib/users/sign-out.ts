import { refuseIssuedTokens } from "../auth/not-before";
import type { Principal } from "../auth/principal";
import { deleteSessionsOf } from "../auth/session-store";
import { signOutEverywhere } from "../cognito/user-directory";
import { log } from "../log";

/**
 * Ends everything of a user: tokens already handed out are refused here from now on, browser sessions are gone, and
 * Cognito revokes the refresh tokens. In this order, so that what depends on us alone holds even if Cognito is away.
 *
 * @throws AppError `database_unavailable`, `cognito_unavailable`.
 */
export async function logout({ sub, username }: Principal): Promise<void> {
  await refuseIssuedTokens(sub);
  await deleteSessionsOf(sub);
  await signOutEverywhere(username);
  log("info", "auth.signed_out_everywhere", { sub });
}
