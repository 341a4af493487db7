import type { z } from "zod";
import { attempting, attemptOf } from "../auth/attempt";
import type { Caller } from "../auth/authenticate";
import { clientAddress } from "../auth/client-address";
import { recordOwnAudit } from "../auth/own-audit";
import { limited } from "../auth/rate-limit";
import type { SignInObserver } from "../auth/sign-in-observer";
import {
  changePassword as changeAtCognito,
  resetPassword as resetAtCognito,
  sendResetCode,
} from "../cognito/password";
import type { ChangePassword, ForgotPassword, ResetPassword } from "./contract";
import { ownAccessToken } from "./own-access-token";

/** Has a code mailed, if there is such a user; the answer does not tell. @throws AppError `rate_limited`, `cognito_unavailable`. */
export async function forgotPassword(
  headers: Headers,
  { email }: z.output<typeof ForgotPassword>,
): Promise<void> {
  await attempting("recovery_mail", attemptOf(headers, email), () => sendResetCode(email));
}

/** @throws AppError `code_rejected`, `password_rejected`, `rate_limited`, `cognito_unavailable`. */
export async function resetPassword(
  { headers, observer }: { headers: Headers; observer: SignInObserver },
  input: z.output<typeof ResetPassword>,
): Promise<void> {
  const { email, code, new_password: newPassword } = input;
  await attempting("recovery", attemptOf(headers, email), () => resetAtCognito(email, code, newPassword));
  observer.recovered(email, clientAddress(headers));
}

/** @throws AppError `invalid_credentials` (the old password), `password_rejected`, `wrong_token_use`, `conflict`, `rate_limited`, `cognito_unavailable`. */
export async function changePassword(
  caller: Caller,
  { old_password: old, new_password: next }: z.output<typeof ChangePassword>,
): Promise<void> {
  const token = ownAccessToken(caller);
  const account = caller.principal.sub;
  await limited("password_again", { account }, () => changeAtCognito(token, old, next));
  await recordOwnAudit(caller, { action: "account.password_changed" });
}
