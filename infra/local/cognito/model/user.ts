export type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "RESET_REQUIRED" | "FORCE_CHANGE_PASSWORD";

export interface Password {
  /** base64 of the scrypt output and its salt. */
  hash: string;
  salt: string;
  /** Set on a temporary password: when it stops working, ms since the epoch. */
  expiresAt?: number | undefined;
}

/** A second factor, named as its challenge is. */
export type Factor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA";

export interface SoftwareToken {
  /** Base32, as the authenticator app was given it. */
  secret: string;
  /** Whether the user has shown a code of it. Until then it counts for nothing. */
  verified: boolean;
  /** The 30-second step of the last code that was accepted: no code works twice. */
  usedStep?: number | undefined;
}

export interface Mfa {
  softwareToken?: SoftwareToken | undefined;
  /** What the user is asked for, as UserMFASettingList shows it. */
  enabled: Factor[];
  preferred?: Factor | undefined;
}

export interface User {
  poolId: string;
  /** The username in an e-mail pool; elsewhere the name that was given. */
  username: string;
  /** Attribute name → value, all strings as on the wire; holds `sub`. */
  attributes: Record<string, string>;
  /** What this user may be called at sign-in, folded to the pool's case rule. Unique within the pool. */
  names: string[];
  groups: string[];
  status: UserStatus;
  enabled: boolean;
  password?: Password | undefined;
  mfa?: Mfa | undefined;
  createdAt: number;
  modifiedAt: number;
}

/** One sign-in and everything issued from it: the family that a revocation ends. */
export interface Grant {
  poolId: string;
  clientId: string;
  username: string;
  /** `event_id` and `origin_jti` of every token of the family. */
  eventId: string;
  originJti: string;
  /** SHA-256 of the refresh token: the data file holds nothing that could be used. */
  refreshHash: string;
  authenticatedAt: number;
  expiresAt: number;
  revoked?: boolean | undefined;
  /** What the Hosted UI granted. Absent on a sign-in through the API. */
  scopes?: string[] | undefined;
}

/** A challenge that was sent and not yet answered. Known by the SHA-256 of its session string. */
export interface ChallengeSession {
  sessionHash: string;
  poolId: string;
  clientId: string;
  username: string;
  challenge: "NEW_PASSWORD_REQUIRED";
  expiresAt: number;
  /** Answered with success: kept until it expires, so that a replay is told from an invention. */
  used?: boolean | undefined;
}

/** What Cognito would have mailed or texted. */
export interface Message {
  id: string;
  poolId: string;
  username: string;
  at: number;
  kind: "invitation";
  medium: "EMAIL" | "SMS";
  to: string;
  subject?: string | undefined;
  body: string;
}

/** The signing keys of a pool as PKCS#8 PEM. Cognito signs access and ID tokens with different keys. */
export interface PoolKeys {
  poolId: string;
  access: { kid: string; pem: string };
  id: { kid: string; pem: string };
}
