import * as openid from "openid-client";
import type { IdentityProvider, Profile } from "../model/identity-provider";
import { SUBJECT_CLAIMS } from "../rules/federation";
import { claimsOf } from "../rules/provider-claims";
import { appleSecret } from "./apple-secret";
import { boundedFetch } from "./bounded-fetch";
import { detailsOf } from "./endpoints";
import { ProviderRefusal } from "./refusal";

/** A provider that is too slow is one that cannot be reached. */
const TIMEOUT_S = 10;

/** Where to, and what is to be remembered until the browser is back. */
interface Leaving {
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** What a sign-in begins with: never the same again. */
export function newSecrets(): Pick<Leaving, "nonce" | "verifier"> {
  return { nonce: openid.randomNonce(), verifier: openid.randomPKCECodeVerifier() };
}

/** Facebook and Amazon speak OAuth 2.0 alone: there who it is says only what is read with the access token. */
function isPlainOAuth({ type }: IdentityProvider): boolean {
  return type === "Facebook" || type === "LoginWithAmazon";
}

/**
 * The provider's page for a browser that is to sign in there (OpenID Connect Core, 3.1.2.1; RFC 7636).
 * @throws ProviderRefusal for a provider that cannot be asked
 */
export async function signInAddress(
  provider: IdentityProvider,
  leaving: Leaving & { loginHint: string; prompt?: string | undefined },
  now: number,
): Promise<URL> {
  return await asked(provider, async () => {
    const config = await configured(provider, now);
    const { authorize_scopes: scope = "" } = provider.details;
    return openid.buildAuthorizationUrl(config, {
      redirect_uri: leaving.redirectUri,
      scope,
      state: leaving.state,
      ...(!isPlainOAuth(provider) && { nonce: leaving.nonce }),
      code_challenge: await openid.calculatePKCECodeChallenge(leaving.verifier),
      code_challenge_method: "S256",
      // Apple sends name and e-mail in no other way.
      ...(provider.type === "SignInWithApple" && scope && { response_mode: "form_post" }),
      ...(leaving.loginHint && { login_hint: leaving.loginHint }),
      ...(leaving.prompt && { prompt: leaving.prompt }),
    });
  });
}

/**
 * Who came back: the code is exchanged, the ID token checked (issuer, audience, signature, time, nonce), and what the
 * provider tells of its user is read.
 *
 * @param query what the provider sent the browser back with
 * @throws ProviderRefusal
 */
export async function profileFrom(
  provider: IdentityProvider,
  { query, state, ...leaving }: Leaving & { query: URLSearchParams },
  now: number,
): Promise<Profile> {
  return await asked(provider, async () => {
    const config = await configured(provider, now);
    const back = new URL(`${leaving.redirectUri}?${query}`);
    const tokens = await openid.authorizationCodeGrant(config, back, {
      expectedState: state,
      pkceCodeVerifier: leaving.verifier,
      ...(!isPlainOAuth(provider) && { expectedNonce: leaving.nonce, idTokenExpected: true }),
    });
    const told = tokens.claims();
    const info = await userInfo(provider, config, tokens.access_token);
    if (told && info.sub !== undefined && info.sub !== told.sub) {
      throw new ProviderRefusal("invalid_request", `${provider.name}: the attributes are of another user.`);
    }
    const { access_token, id_token, refresh_token, token_type, expires_in, scope } = tokens;
    const claims = claimsOf({ ...told, ...info, access_token, id_token });
    const tokenResponse = { access_token, id_token, refresh_token, token_type, expires_in, scope };
    const raw = {
      tokenResponse: claimsOf(tokenResponse),
      idToken: claimsOf(told ?? {}),
      userInfo: claimsOf(info),
    };
    return { subject: subjectIn(provider, claims), claims, raw };
  });
}

function subjectIn({ name, type }: IdentityProvider, claims: Record<string, string>): string {
  const own = SUBJECT_CLAIMS[type === "SAML" ? "OIDC" : type];
  const subject = claims[own] ?? claims.sub;
  if (!subject) throw new ProviderRefusal("invalid_request", `${name} does not say who it is.`);
  return subject;
}

/** What is read with the access token; nothing where the provider has no such endpoint. */
async function userInfo(
  provider: IdentityProvider,
  config: openid.Configuration,
  token: string,
): Promise<Record<string, unknown>> {
  const details = detailsOf(provider);
  const address = details.attributes_url ?? config.serverMetadata().userinfo_endpoint;
  if (!address) return {};
  const url = new URL(address);
  if (details.attributes_url_add_attributes === "true") {
    url.searchParams.set("fields", [...new Set(Object.values(provider.mapping))].join(","));
  }
  const method = details.attributes_request_method ?? "GET";
  const response = await openid.fetchProtectedResource(config, token, url, method);
  const told: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (typeof told !== "object" || told === null) {
    throw new ProviderRefusal(
      "invalid_request",
      `${provider.name} Error - ${response.status} when the attributes were read`,
    );
  }
  return told as Record<string, unknown>;
}

/** The provider as it is now: keys and endpoints may have changed since the last time. */
async function configured(provider: IdentityProvider, now: number): Promise<openid.Configuration> {
  const details = detailsOf(provider);
  const { client_id = "", client_secret, oidc_issuer, authorize_url, token_url, jwks_uri } = details;
  const metadata = { [openid.clockSkew]: Math.round((now - Date.now()) / 1_000) };
  const secret =
    provider.type === "SignInWithApple"
      ? await appleSecret(details, { audience: oidc_issuer ?? "", now })
      : client_secret;
  const method = secret === undefined ? openid.None() : openid.ClientSecretPost(secret);
  if (oidc_issuer && !(authorize_url && token_url && jwks_uri)) {
    const found = await openid.discovery(new URL(oidc_issuer), client_id, metadata, method, {
      execute: [openid.allowInsecureRequests],
      [openid.customFetch]: boundedFetch,
      timeout: TIMEOUT_S,
    });
    openid.enableNonRepudiationChecks(found);
    return found;
  }
  const known = {
    issuer: oidc_issuer ?? new URL(authorize_url ?? "").origin,
    authorization_endpoint: authorize_url ?? "",
    token_endpoint: token_url ?? "",
    ...(jwks_uri && { jwks_uri }),
  };
  const config = new openid.Configuration(known, client_id, metadata, method);
  config.timeout = TIMEOUT_S;
  config[openid.customFetch] = boundedFetch;
  openid.allowInsecureRequests(config);
  if (jwks_uri) openid.enableNonRepudiationChecks(config);
  return config;
}

/** What the work gives; what fails in it is the provider's doing. @throws ProviderRefusal */
async function asked<T>(provider: IdentityProvider, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(provider, error);
  }
}

function refusalOf({ name }: IdentityProvider, error: unknown): unknown {
  if (error instanceof openid.AuthorizationResponseError) {
    return new ProviderRefusal(error.error, error.error_description ?? `${name} Error - ${error.error}`);
  }
  if (error instanceof openid.ResponseBodyError) {
    const description = [error.status, error.error, error.error_description].filter(Boolean).join(" ");
    return new ProviderRefusal("invalid_request", `${name} Error - ${description}`);
  }
  if (error instanceof openid.WWWAuthenticateChallengeError) {
    return new ProviderRefusal(
      "invalid_request",
      `${name} Error - ${error.status} when the attributes were read`,
    );
  }
  const isNetwork = error instanceof TypeError && error.message === "fetch failed";
  const isLate = error instanceof openid.ClientError && error.code === "OAUTH_TIMEOUT";
  if (isNetwork || isLate) return new ProviderRefusal("server_error", `${name} cannot be reached.`);
  if (error instanceof openid.ClientError) {
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return new ProviderRefusal("invalid_request", `${name}: ${error.message}${cause}`);
  }
  return error;
}
