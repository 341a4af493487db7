import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { Principal } from "../access/principal";
import { endOtherAccess } from "../endings/end-access";
import { clientAddress } from "../limits/client-address";
import type { SignInObserver } from "./sign-in-observer";

/**
 * What follows when a sign-in itself chose a new password or set up a second factor: whatever was signed in before that
 * has ended, as after a change on the account page.
 *
 * @throws AppError `database_unavailable`.
 */
export async function afterChallenge(
  principal: Principal,
  answered: ChallengeNameType,
  { headers, observer }: { headers: Headers; observer: SignInObserver },
): Promise<void> {
  if (answered !== "NEW_PASSWORD_REQUIRED" && answered !== "MFA_SETUP") return;
  // Cognito signed them in by this very step.
  await endOtherAccess({ principal, session: null }, principal.signedInAt);
  if (answered === "MFA_SETUP") {
    await observer.accountChanged(principal, "authenticator_added", clientAddress(headers));
  }
}
