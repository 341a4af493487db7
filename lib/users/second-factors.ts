import type { z } from "zod";
import type { Caller } from "../auth/authenticate";
import { recordOwnAudit } from "../auth/own-audit";
import { limited } from "../auth/rate-limit";
import { authenticatorUri, beginAuthenticator, verifyAuthenticator } from "../cognito/authenticator";
import { secondFactors, setSecondFactors, verifiedEmail } from "../cognito/user-directory";
import { AppError } from "../errors";
import type { AuthenticatorSecret, Factors, PreferFactor, VerifyAuthenticator } from "./contract";
import { ownAccessToken } from "./own-access-token";

/** @throws AppError `cognito_unavailable`. */
export function readFactors({ principal }: Caller): Promise<z.output<typeof Factors>> {
  return secondFactors(principal.username);
}

/**
 * Begins to turn an authenticator app on; nothing changes until its first code is verified.
 *
 * @throws AppError `wrong_token_use`, `conflict`, `cognito_unavailable`.
 */
export async function beginOwnAuthenticator(caller: Caller): Promise<z.output<typeof AuthenticatorSecret>> {
  const { email, username } = caller.principal;
  // An access token does not carry the address by which people tell the accounts in their app apart.
  const account = email ?? (await verifiedEmail(username)) ?? username;
  const { secret } = await beginAuthenticator({ accessToken: ownAccessToken(caller) });
  return { secret_code: secret, otpauth_uri: authenticatorUri(secret, account) };
}

/**
 * Turns the authenticator app on and asks for it first from now on.
 *
 * @throws AppError `code_rejected`, `rate_limited`, `conflict`, `cognito_unavailable`.
 */
export async function verifyOwnAuthenticator(
  caller: Caller,
  { code }: z.output<typeof VerifyAuthenticator>,
): Promise<void> {
  const { username, sub: account } = caller.principal;
  const accessToken = ownAccessToken(caller);
  await limited("password_again", { account }, () => verifyAuthenticator({ accessToken }, code));
  const { enabled } = await secondFactors(username);
  await setSecondFactors(username, {
    enabled: [...new Set([...enabled, "SOFTWARE_TOKEN_MFA" as const])],
    preferred: "SOFTWARE_TOKEN_MFA",
  });
  await recordOwnAudit(caller, { action: "account.authenticator_added" });
}

/** Turns the authenticator app off. @throws AppError `conflict` when the pool demands a factor, `cognito_unavailable`. */
export async function dropAuthenticator(caller: Caller): Promise<void> {
  const { principal } = caller;
  const { enabled } = await secondFactors(principal.username);
  const left = enabled.filter((factor) => factor !== "SOFTWARE_TOKEN_MFA");
  await setSecondFactors(principal.username, { enabled: left, preferred: left[0] ?? null });
  await recordOwnAudit(caller, { action: "account.authenticator_removed" });
}

/** Says which factor is asked for first. @throws AppError `conflict` for one that is not on, `cognito_unavailable`. */
export async function preferFactor(
  caller: Caller,
  { preferred }: z.output<typeof PreferFactor>,
): Promise<void> {
  const { principal } = caller;
  const { enabled } = await secondFactors(principal.username);
  if (!enabled.includes(preferred))
    throw new AppError("conflict", { detail: "This factor is not turned on." });
  await setSecondFactors(principal.username, { enabled, preferred });
  await recordOwnAudit(caller, { action: "account.factor_preferred", detail: { preferred } });
}
