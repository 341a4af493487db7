import { signOutEverywhere } from "../cognito/user-directory";
import { refuseIssuedTokens } from "./not-before";
import type { Principal } from "./principal";
import { deleteSessionsOf } from "./session-store";

type User = Pick<Principal, "sub" | "username">;

/**
 * Ends everything of a user: tokens already handed out are refused here from now on, browser sessions are gone, and
 * Cognito revokes the refresh tokens. In this order, so that what depends on us alone holds even if Cognito is away.
 *
 * @throws AppError `database_unavailable`, `cognito_unavailable`.
 */
export async function endAccess({ sub, username }: User): Promise<void> {
  await endAccessHere(sub);
  await signOutEverywhere(username);
}

/**
 * Makes a change at Cognito that takes rights away from a user, and ends what they hold of the old ones. Before the
 * change, because once it is made nothing would tell a second try that this is still to be done; and again after it,
 * for a sign-in that came in between.
 *
 * @throws AppError as endAccess does, and what `change` throws: then they are signed out and nothing else.
 */
export async function endingAccess(user: User, change: () => Promise<void>): Promise<void> {
  await endAccess(user);
  await change();
  await endAccessHere(user.sub);
}

async function endAccessHere(sub: string): Promise<void> {
  await refuseIssuedTokens(sub);
  await deleteSessionsOf(sub);
}
