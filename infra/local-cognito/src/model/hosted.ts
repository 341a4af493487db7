import type { Tracked } from "./user";

/** What the Hosted UI knows, beyond pools, clients and users. Times are ms since the epoch. */

/** An authorisation code that was given out. Known by its SHA-256; kept for a while after its use. */
export interface AuthorizationCode {
  codeHash: string;
  poolId: string;
  clientId: string;
  username: string;
  /** Of the user who signed in: the name may later belong to somebody else. */
  sub: string;
  redirectUri: string;
  scopes: string[];
  nonce?: string | undefined;
  resource?: string | undefined;
  /** PKCE, always S256. */
  challenge?: string | undefined;
  /** When the user signed in, which may be long before this code. */
  authenticatedAt: number;
  expiresAt: number;
  /** The grant that the code was exchanged for: set by the first use, ended by the second. */
  grantId?: string | undefined;
  /** The browser's session that it was given to, in a pool that keeps track of them. */
  origin?: string | undefined;
  replayed?: boolean | undefined;
}

/** A browser that is signed in at the Hosted UI of a pool. Known by the SHA-256 of its cookie. */
export interface HostedSession {
  cookieHash: string;
  poolId: string;
  username: string;
  /** Of the user who signed in: the name may later belong to somebody else. */
  sub: string;
  /** Where the user signed in: absent for the pool itself. */
  providerName?: string | undefined;
  authenticatedAt: number;
  expiresAt: number;
  /** In a pool that keeps track of them: by which client it began, and what it is called. */
  tracked?: (Tracked & { clientId: string }) | undefined;
}

/** A document that people are shown a link to when they sign up: one of each name for a client. */
export interface Terms {
  id: string;
  poolId: string;
  clientId: string;
  name: string;
  /** "cognito:default" and languages, to addresses. */
  links: Record<string, string>;
  createdAt: number;
  modifiedAt: number;
}

/** The look of managed login for one client. */
export interface Branding {
  id: string;
  poolId: string;
  clientId: string;
  useDefaults: boolean;
  settings?: unknown;
  assets: BrandingAsset[];
  createdAt: number;
  modifiedAt: number;
}

export interface BrandingAsset {
  Category: string;
  ColorMode: string;
  Extension: string;
  /** base64 */
  Bytes?: string | undefined;
  ResourceId?: string | undefined;
}

export interface Domain {
  /** A prefix ("sekisho"), or a whole name ("auth.example.com") with its certificate. */
  name: string;
  poolId: string;
  certificateArn?: string | undefined;
  /** Which TLS CloudFront would speak: told again, and nothing else. */
  securityPolicy?: string | undefined;
  managedLoginVersion?: number | undefined;
  version: string;
}

export interface ResourceServer {
  poolId: string;
  identifier: string;
  name: string;
  scopes: { ScopeName: string; ScopeDescription: string }[];
}

/** The look of the Hosted UI for one client, or for "ALL". */
export interface UiCustomization {
  poolId: string;
  clientId: string;
  css?: string | undefined;
  /** base64, and what kind of picture its first bytes say it is. */
  image?: { data: string; type: "image/png" | "image/jpeg" } | undefined;
  version: string;
  createdAt: number;
  modifiedAt: number;
}
