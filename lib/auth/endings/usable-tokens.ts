import type { AppClientName } from "../../cognito/app-client";
import { refreshTokens, revokeRefreshToken } from "../../cognito/refresh-tokens";
import type { Tokens } from "../../cognito/sign-in";
import { env } from "../../env";
import { AppError } from "../../errors";
import { log } from "../../log";
import { hasEnded } from "../access/not-before";
import { type Principal, principalFromToken, unverifiedOwner } from "../access/principal";
import { requireServedUser } from "../tenancy/served";
import { rememberSignIn, type SignInNumber } from "./sign-in-order";

/** Tokens with whom they are for, and what the ID token calls them. */
export type Usable = { tokens: Tokens; principal: Principal };

/**
 * Tokens of a sign-in that was just made, which from now on has its place among what begins and ends.
 *
 * @param number as beginSignIn gave it, before Cognito was asked.
 * @throws AppError as principalFromToken does; `session_ended` for a sign-in that began before something ended it, and
 *   for one that Cognito's Hosted UI let in by a cookie of before: then its tokens are revoked; as requireServedUser does.
 */
export async function usableTokens(
  tokens: Tokens,
  number: SignInNumber,
  client: AppClientName = "server",
): Promise<Usable> {
  const principal = await principalOf(tokens);
  await rememberSignIn(principal, number, client);
  await refuseEnded({ tokens, principal }, client);
  await requireServedUser(principal);
  return { tokens, principal };
}

/**
 * Exchanges an API client's refresh token. One that Cognito failed to revoke brings tokens all the same: they are of a
 * sign-in that has ended, and handed to nobody.
 *
 * @throws AppError as refreshTokens, principalFromToken and requireServedUser do.
 */
export async function renewedTokens(refreshToken: string, username: string | undefined): Promise<Tokens> {
  const tokens = await refreshTokens(refreshToken, username);
  const renewed = { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  const principal = await principalOf(tokens);
  await refuseEnded({ tokens: renewed, principal }, "server");
  await requireServedUser(principal);
  return tokens;
}

async function refuseEnded({ tokens, principal }: Usable, client: AppClientName): Promise<void> {
  if (!(await hasEnded(principal))) return;
  if (tokens.refreshToken) {
    await revokeRefreshToken(tokens.refreshToken, client).catch((error) => {
      if (!(error instanceof AppError)) throw error;
      log("warn", "auth.revocation_failed", { sub: principal.sub, error });
    });
  }
  throw new AppError("session_ended", { cause: "of a sign-in that has ended" });
}

async function principalOf(tokens: Tokens): Promise<Principal> {
  const { email, name, identities } = unverifiedOwner(tokens);
  return { ...(await principalFromToken(preferred(tokens))), email, name, identities };
}

function preferred(tokens: Tokens): string {
  return env().COGNITO_PREFERRED_TOKEN_USE === "id" ? tokens.idToken : tokens.accessToken;
}
