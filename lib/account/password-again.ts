import type { Caller } from "../auth/access/identify";
import { limited } from "../auth/limits/rate-limit";
import { revokeRefreshToken } from "../cognito/refresh-tokens";
import { signInWithPassword } from "../cognito/sign-in";
import { AppError } from "../errors";
import { fieldError } from "../field-error";
import { log } from "../log";
import { refuseHostedUi } from "./own-access-token";

/**
 * Has somebody who is signed in say their password again, so that a token or a browser that somebody else got hold of is
 * not enough (ASVS 5.0, 7.5.1). Cognito looks at a password only as a sign-in: what comes of that is thrown away.
 *
 * @throws AppError `conflict` for who came in through the Hosted UI, `invalid_credentials`, `rate_limited`,
 *   `cognito_unavailable`.
 */
export async function requirePassword(caller: Caller, password: string): Promise<void> {
  refuseHostedUi(caller);
  const { sub: account, username } = caller.principal;
  const outcome = await limited("password_again", { account }, () => check(username, password));
  if ("challenge" in outcome || !outcome.tokens.refreshToken) return;
  try {
    await revokeRefreshToken(outcome.tokens.refreshToken, "server");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log("warn", "auth.revocation_failed", { sub: account, error });
  }
}

async function check(username: string, password: string) {
  try {
    return await signInWithPassword(username, password);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_credentials") throw error;
    const fields = [fieldError("password", "wrong_password")];
    throw new AppError("invalid_credentials", { cause: error, fields });
  }
}
