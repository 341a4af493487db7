import { randomUUID } from "node:crypto";
import { CognitoFailure } from "../model/failures";
import type { HostedSession } from "../model/hosted";
import { tokensFor } from "../operations/sign-in/tokens";
import { fingerprint } from "../rules/fingerprint";
import { put } from "../store/store";
import type { AuthorizeRequest } from "./authorize-request";
import { ReturnedRefusal } from "./refusals";
import { tokenFields } from "./token-fields";

/** "A one time use code that is valid for five minutes" (developer guide). */
const CODE_LIFETIME_MS = 5 * 60_000;

/**
 * Where to send the signed-in browser: to the client, with a code or with the tokens, as it asked.
 * @throws ReturnedRefusal where a trigger refuses the tokens
 */
export async function returnAddress(request: AuthorizeRequest, session: HostedSession): Promise<string> {
  const { cognito } = request;
  const { tracked } = session;
  if (tracked)
    cognito.commit(put("sessions", { ...session, tracked: { ...tracked, activeAt: cognito.now() } }));
  return request.flow === "code" ? withCode(request, session) : await withTokens(request, session);
}

/**
 * The implicit flow: an access token, an ID token where `openid` is asked for, and no refresh token, all behind the `#`, which
 * no server is sent (RFC 6749, 4.2.2).
 */
async function withTokens(request: AuthorizeRequest, session: HostedSession): Promise<string> {
  const { cognito, pool, scopes, nonce, redirectUri, state } = request;
  const user = cognito.existingUser(pool, session.username);
  const hosted = {
    eventId: randomUUID(),
    scopes,
    nonce,
    resource: request.resource,
    authenticatedAt: session.authenticatedAt,
    origin: session.tracked?.id,
  };
  try {
    const signedIn = { user, source: "TokenGeneration_HostedAuth" } as const;
    const { refresh_token: _, ...fields } = tokenFields(await tokensFor(request, signedIn, hosted));
    if (!scopes.includes("openid")) delete fields.id_token;
    const given = { ...fields, expires_in: String(fields.expires_in), state };
    return `${redirectUri}#${parametersOf(given)}`;
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    throw new ReturnedRefusal(request, "invalid_request", error.message);
  }
}

function withCode(request: AuthorizeRequest, session: HostedSession): string {
  const { cognito } = request;
  const code = randomUUID();
  cognito.commit(
    put("codes", {
      codeHash: fingerprint(code),
      poolId: request.pool.id,
      clientId: request.client.id,
      username: session.username,
      sub: session.sub,
      redirectUri: request.redirectUri,
      scopes: request.scopes,
      nonce: request.nonce,
      resource: request.resource,
      challenge: request.challenge,
      authenticatedAt: session.authenticatedAt,
      expiresAt: cognito.now() + CODE_LIFETIME_MS,
      origin: session.tracked?.id,
    }),
  );
  return withParameters(request.redirectUri, { code, state: request.state });
}

/** Where to send the browser with an error, the parameters in the order in which Cognito has them. */
export function returnWithError({ to: { redirectUri, state }, error, description }: ReturnedRefusal): string {
  return withParameters(redirectUri, { error_description: description, state, error });
}

/** The address as it was registered, character for character, with more parameters (RFC 6749, 3.1.2). */
function withParameters(address: string, parameters: Record<string, string | undefined>): string {
  return `${address}${address.includes("?") ? "&" : "?"}${parametersOf(parameters)}`;
}

function parametersOf(parameters: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
