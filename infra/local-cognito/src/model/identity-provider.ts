/** Where else people of a pool may sign in. Times are ms since the epoch. */

export const PROVIDER_TYPES = [
  "SAML",
  "Facebook",
  "Google",
  "LoginWithAmazon",
  "SignInWithApple",
  "OIDC",
] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

export interface IdentityProvider {
  poolId: string;
  name: string;
  type: ProviderType;
  /** ProviderDetails, as they were given. */
  details: Record<string, string>;
  /** The pool's attribute → the provider's claim. */
  mapping: Record<string, string>;
  /** Other names of the provider, mostly domains: `idp_identifier`. */
  identifiers: string[];
  createdAt: number;
  modifiedAt: number;
}

/** What a provider says of who signed in there. */
export interface Profile {
  /** Who it is: unique at the provider, for good. */
  subject: string;
  claims: Record<string, string>;
  /** The same by where it stood, as the inbound federation trigger is told: `idToken`, `samlResponse`, … */
  raw: Record<string, Record<string, string>>;
}

/** Who a user is at a provider. */
export interface Identity {
  providerName: string;
  providerType: ProviderType;
  /** The provider's claim that names the user. */
  attribute: string;
  userId: string;
  /** Whether the user was made by this identity: otherwise it was linked to one who was there. */
  primary: boolean;
  createdAt: number;
}

/** The claim that names a user at every provider, as AdminLinkProviderForUser calls it. */
export const SUBJECT = "Cognito_Subject";

/** A browser that was sent to a provider and is to come back, once. Known by the SHA-256 of its state. */
export interface Federation {
  stateHash: string;
  poolId: string;
  providerName: string;
  /** The authorisation request that it began with. */
  query: string;
  /** Where the provider sends the browser back to. */
  redirectUri: string;
  /** SHA-256 of the cookie of the browser that was sent. */
  browserHash: string;
  /** Of OpenID Connect: of the ID token that is to come, and PKCE's. */
  openid?: { nonce: string; verifier: string } | undefined;
  /** Of SAML: the request's id, and who the answer to it says it is. */
  saml?: { requestId: string; profile?: Profile | undefined } | undefined;
  expiresAt: number;
}
