import { randomUUID } from "node:crypto";
import type { HostedSession } from "../model/hosted";
import { fingerprint } from "../rules/fingerprint";
import { put } from "../store/store";
import type { AuthorizeRequest } from "./authorize-request";
import type { ReturnedRefusal } from "./refusals";

/** "A one time use code that is valid for five minutes" (developer guide). */
const CODE_LIFETIME_MS = 5 * 60_000;

/** Makes an authorisation code for the signed-in browser. @returns where to send it: the client, with the code. */
export function returnWithCode(request: AuthorizeRequest, session: HostedSession): string {
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
      challenge: request.challenge,
      authenticatedAt: session.authenticatedAt,
      expiresAt: cognito.now() + CODE_LIFETIME_MS,
      origin: session.tracked?.id,
    }),
    ...(session.tracked
      ? [put("sessions", { ...session, tracked: { ...session.tracked, activeAt: cognito.now() } })]
      : []),
  );
  return withParameters(request.redirectUri, { code, state: request.state });
}

/** Where to send the browser with an error, the parameters in the order in which Cognito has them. */
export function returnWithError({ to: { redirectUri, state }, error, description }: ReturnedRefusal): string {
  return withParameters(redirectUri, { error_description: description, state, error });
}

/** The address as it was registered, character for character, with more parameters (RFC 6749, 3.1.2). */
function withParameters(address: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams(given)}`;
}
