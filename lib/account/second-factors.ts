import type { z } from "zod";
import type { Caller } from "../auth/access/identify";
import { limited } from "../auth/limits/rate-limit";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { authenticatorUri, beginAuthenticator, verifyAuthenticator } from "../cognito/authenticator";
import { secondFactors, setSecondFactors, verifiedEmail } from "../cognito/user-directory";
import { AppError } from "../errors";
import { changeAccount } from "./account-change";
import type {
  AuthenticatorSecret,
  Factors,
  PasswordAgain,
  PreferFactor,
  VerifyAuthenticator,
} from "./contract";
import { ownAccessToken } from "./own-access-token";
import { requirePassword } from "./password-again";

/** @throws AppError `cognito_unavailable`. */
export function readFactors({ principal }: Caller): Promise<z.output<typeof Factors>> {
  return secondFactors(principal.username);
}

/**
 * Begins to turn an authenticator app on; nothing changes until its first code is verified.
 *
 * @throws AppError `invalid_credentials`, `wrong_token_use`, `conflict`, `rate_limited`, `cognito_unavailable`; the same
 *   for all below.
 */
export async function beginOwnAuthenticator(
  caller: Caller,
  { password }: z.output<typeof PasswordAgain>,
): Promise<z.output<typeof AuthenticatorSecret>> {
  const { email, username } = caller.principal;
  const accessToken = ownAccessToken(caller);
  await requirePassword(caller, password);
  // An access token does not carry the address by which people tell the accounts in their app apart.
  const account = email ?? (await verifiedEmail(username)) ?? username;
  const { secret } = await beginAuthenticator({ accessToken });
  return { secret_code: secret, otpauth_uri: authenticatorUri(secret, account) };
}

/**
 * Turns the authenticator app on and asks for it first from now on. The password is asked for here too: a secret can be
 * had of Cognito past us.
 *
 * @throws AppError also `code_rejected`.
 */
export async function verifyOwnAuthenticator(
  observer: SignInObserver,
  caller: Caller,
  { code, password }: z.output<typeof VerifyAuthenticator>,
): Promise<void> {
  const { username, sub: account } = caller.principal;
  const accessToken = ownAccessToken(caller);
  await requirePassword(caller, password);
  await changeAccount(observer, caller, {
    change: "authenticator_added",
    make: async () => {
      await limited("password_again", { account }, () => verifyAuthenticator({ accessToken }, code));
      const { enabled } = await secondFactors(username);
      return setSecondFactors(username, {
        enabled: [...new Set([...enabled, "SOFTWARE_TOKEN_MFA" as const])],
        preferred: "SOFTWARE_TOKEN_MFA",
      });
    },
  });
}

/** Turns the authenticator app off. @throws AppError `conflict` also when the pool demands a factor. */
export async function dropAuthenticator(
  observer: SignInObserver,
  caller: Caller,
  { password }: z.output<typeof PasswordAgain>,
): Promise<void> {
  const { username } = caller.principal;
  await requirePassword(caller, password);
  const { enabled } = await secondFactors(username);
  const left = enabled.filter((factor) => factor !== "SOFTWARE_TOKEN_MFA");
  await changeAccount(observer, caller, {
    change: "authenticator_removed",
    make: () => setSecondFactors(username, { enabled: left, preferred: left[0] ?? null }),
  });
}

/** Says which factor is asked for first. @throws AppError `conflict` also for one that is not on. */
export async function preferFactor(
  observer: SignInObserver,
  caller: Caller,
  { preferred, password }: z.output<typeof PreferFactor>,
): Promise<void> {
  const { username } = caller.principal;
  await requirePassword(caller, password);
  const { enabled } = await secondFactors(username);
  if (!enabled.includes(preferred))
    throw new AppError("conflict", { detail: "This factor is not turned on." });
  await changeAccount(observer, caller, {
    change: "factor_preferred",
    detail: { preferred },
    make: () => setSecondFactors(username, { enabled, preferred }),
  });
}
