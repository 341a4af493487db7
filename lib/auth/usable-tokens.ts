import { setTimeout as sleep } from "node:timers/promises";
import type { AppClientName } from "../cognito/app-client";
import { refreshTokens } from "../cognito/refresh-tokens";
import type { Tokens } from "../cognito/sign-in";
import { env } from "../env";
import { refusedUpTo } from "./not-before";
import { ownerOf, type Principal, principalFromToken } from "./principal";

/**
 * Tokens fresh from Cognito, with whom they are for and what the ID token calls them.
 *
 * `iat` counts whole seconds, so tokens of a sign-in in the very second of a sign-out everywhere look as old as the
 * ones that were signed out. Such a sign-in waits that second out and takes the tokens of the next one.
 *
 * @throws AppError as principalFromToken and refreshTokens do.
 */
export async function usableTokens(
  tokens: Tokens,
  client: AppClientName = "server",
): Promise<{ tokens: Tokens; principal: Principal }> {
  const principal = await principalOf(tokens);
  const refused = await refusedUpTo(principal.sub);
  if (principal.issuedAt > refused || !tokens.refreshToken) return { tokens, principal };
  await sleep(Math.max(0, (refused + 1) * 1000 - Date.now()));
  const renewed = await refreshTokens(tokens.refreshToken, principal.username, client);
  const refreshToken = renewed.refreshToken ?? tokens.refreshToken;
  return { tokens: { ...renewed, refreshToken }, principal: await principalOf(renewed) };
}

async function principalOf(tokens: Tokens): Promise<Principal> {
  return { ...(await principalFromToken(preferred(tokens))), email: ownerOf(tokens).email };
}

function preferred(tokens: Tokens): string {
  return env().COGNITO_PREFERRED_TOKEN_USE === "id" ? tokens.idToken : tokens.accessToken;
}
