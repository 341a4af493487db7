import type { z } from "zod";
import type { Caller } from "../auth/access/identify";
import { endAccessSoon } from "../auth/endings/end-access";
import { clientAddress } from "../auth/limits/client-address";
import { limited } from "../auth/limits/rate-limit";
import { attempting, attemptOf } from "../auth/sign-in/attempt";
import { requirePasswordWay } from "../auth/sign-in/password-way";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import {
  changePassword as changeAtCognito,
  resetPassword as resetAtCognito,
  sendResetCode,
} from "../cognito/password";
import { findUser } from "../cognito/pool-users";
import { changeAccount } from "./account-change";
import type { ChangePassword, ForgotPassword, ResetPassword } from "./contract";
import { ownAccessToken } from "./own-access-token";

/** Has a code mailed, if there is such a user; the answer does not tell. @throws AppError `single_sign_on_required`, `rate_limited`, `cognito_unavailable`. */
export async function forgotPassword(
  headers: Headers,
  { email }: z.output<typeof ForgotPassword>,
): Promise<void> {
  await requirePasswordWay(email);
  await attempting("recovery_mail", attemptOf(headers, email), () => sendResetCode(email));
}

/**
 * Sets a new password by means of a mailed code, and ends everything that was signed in (ASVS 5.0, 7.4.3).
 *
 * @throws AppError `single_sign_on_required`, `code_rejected`, `password_rejected`, `rate_limited`, `cognito_unavailable`.
 */
export async function resetPassword(
  { headers, observer }: { headers: Headers; observer: SignInObserver },
  input: z.output<typeof ResetPassword>,
): Promise<void> {
  const { email, code, new_password: newPassword } = input;
  await requirePasswordWay(email);
  await attempting("recovery", attemptOf(headers, email), async () => {
    // Before the code is looked at: who is to be signed out must be known once it was right.
    const user = await findUser(email);
    await resetAtCognito(email, code, newPassword);
    if (!user) return;
    await endAccessSoon({ ...user, tenantClaim: user.tenantAttribute });
    await observer.recovered(user, clientAddress(headers));
  });
}

/**
 * Changes the password, and ends everything that was signed in but the sign-in that asks.
 *
 * @throws AppError `invalid_credentials` (the old password), `password_rejected`, `wrong_token_use`, `conflict`, `rate_limited`,
 *   `cognito_unavailable`.
 */
export async function changePassword(
  observer: SignInObserver,
  caller: Caller,
  { old_password: old, new_password: next }: z.output<typeof ChangePassword>,
): Promise<void> {
  const token = ownAccessToken(caller);
  const account = caller.principal.sub;
  await limited("password_again", { account }, () =>
    changeAccount(observer, caller, {
      change: "password_changed",
      make: () => changeAtCognito(token, old, next),
    }),
  );
}
