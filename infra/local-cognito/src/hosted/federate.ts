import { randomBytes } from "node:crypto";
import { ProviderRefusal } from "../federation/refusal";
import type { Federation, IdentityProvider } from "../model/identity-provider";
import { type Call, cookieOf, type Reply, redirect, secureOn } from "../protocol/reply";
import { fingerprint } from "../rules/fingerprint";
import { put } from "../store/store";
import type { AuthorizeRequest } from "./authorize-request";
import { ReturnedRefusal } from "./refusals";

/** Long enough to find the password, and a second factor. */
const LIFETIME_MS = 15 * 60_000;

const COOKIE = "cognito-federation";

/** The provider that the request asks for, or the only way in that its client has. */
export function onlyProvider({ chosen, offered }: AuthorizeRequest): IdentityProvider | undefined {
  if (chosen) return chosen === "COGNITO" ? undefined : chosen;
  const [first, ...others] = offered.providers;
  return offered.here || others.length > 0 ? undefined : first;
}

/**
 * Sends the browser to a provider. Only this browser can come back from there, and only once: a sign-in that somebody
 * else began cannot be slipped to it (RFC 9700, 4.7).
 *
 * @throws ReturnedRefusal for a provider that cannot be asked
 */
export async function sendTo(provider: IdentityProvider, request: AuthorizeRequest): Promise<Reply> {
  const { cognito, pool, call } = request;
  const state = randomBytes(32).toString("base64url");
  const { secret, headers } = browserSecret(call);
  const { address, ...leaving } = await atProvider(request, () =>
    provider.type === "SAML"
      ? samlRequest(provider, request, state)
      : openidRequest(provider, request, state),
  );
  cognito.commit(
    put("federations", {
      ...leaving,
      stateHash: fingerprint(state),
      poolId: pool.id,
      providerName: provider.name,
      query: String(call.query),
      browserHash: fingerprint(secret),
      expiresAt: cognito.now() + LIFETIME_MS,
    }),
  );
  return redirect(String(address), headers);
}

type Leaving = Pick<Federation, "redirectUri" | "openid" | "saml"> & { address: URL };

async function openidRequest(
  provider: IdentityProvider,
  { cognito, call, loginHint, prompt }: AuthorizeRequest,
  state: string,
): Promise<Leaving> {
  // Loaded where they are used: most servers have no provider.
  const { newSecrets, signInAddress } = await import("../federation/openid");
  const redirectUri = `${call.origin}/oauth2/idpresponse`;
  const secrets = newSecrets();
  const leaving = { ...secrets, redirectUri, state, loginHint, prompt };
  return { redirectUri, openid: secrets, address: await signInAddress(provider, leaving, cognito.now()) };
}

async function samlRequest(
  provider: IdentityProvider,
  { call }: AuthorizeRequest,
  relayState: string,
): Promise<Leaving> {
  const { samlAddress } = await import("../federation/saml");
  const redirectUri = `${call.origin}/saml2/idpresponse`;
  const requestId = `_${randomBytes(20).toString("hex")}`;
  const address = await samlAddress(provider, { redirectUri, requestId }, relayState);
  return { redirectUri, saml: { requestId }, address };
}

/** What the work gives; what the provider does wrong is told to the application. @throws ReturnedRefusal */
export async function atProvider<T>(request: AuthorizeRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    throw new ReturnedRefusal(request, error.error, error.description);
  }
}

/** SHA-256 of what this browser was given when it was sent away; undefined for one that was not. */
export function browserHashOf(call: Call): string | undefined {
  const secret = cookieOf(call, COOKIE);
  return secret ? fingerprint(secret) : undefined;
}

function browserSecret(call: Call): { secret: string; headers: Reply["headers"] } {
  const known = cookieOf(call, COOKIE);
  if (known && /^[\w-]{43}$/.test(known)) return { secret: known, headers: {} };
  const secret = randomBytes(32).toString("base64url");
  return {
    secret,
    headers: { "set-cookie": [`${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax${secureOn(call)}`] },
  };
}
