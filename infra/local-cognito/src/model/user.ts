import type { Identity } from "./identity-provider";

export type UserStatus =
  | "UNCONFIRMED"
  | "CONFIRMED"
  | "RESET_REQUIRED"
  | "FORCE_CHANGE_PASSWORD"
  | "EXTERNAL_PROVIDER";

export interface Password {
  /** base64 of the scrypt output and its salt. */
  hash: string;
  salt: string;
  /** scrypt's N; absent where it was stored before there was a choice. */
  cost?: number | undefined;
  /** What proves it without it being sent; absent where it was stored before there was SRP here. */
  srp?: { salt: string; verifier: string } | undefined;
  /** Set on a temporary password: when it stops working, ms since the epoch. */
  expiresAt?: number | undefined;
}

/** A second factor, named as its challenge is. */
export type Factor = "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

interface SoftwareToken {
  /** Base32, as the authenticator app was given it. */
  secret: string;
  /** FriendlyDeviceName, as the user called it. */
  name?: string | undefined;
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

/** Wrong passwords, or wrong codes of a second factor, in a row. */
export interface Failures {
  count: number;
  /** The last attempt, ms since the epoch: after a pause the count starts over. */
  lastAt: number;
  lockedUntil: number;
}

/** What a code is for: each has its own, and its own limit of tries. */
export type CodePurpose = "sign-up" | "forgotten-password" | "email" | "phone_number";

/** A code that was sent, and how often lately one was sent or mistyped. */
export interface CodeState {
  /** SHA-256 of the code; absent when there is none to be entered. */
  hash?: string | undefined;
  expiresAt?: number | undefined;
  /** The address that becomes the user's with the right code. */
  value?: string | undefined;
  sent: number;
  wrong: number;
  /** When the counting began. */
  since: number;
}

/** The two names of a device, as a client is given them with tokens. */
export interface DeviceKeys {
  key: string;
  groupKey: string;
}

/** A device that was confirmed: what proves it, and whether it may. */
export interface Device extends DeviceKeys {
  name?: string | undefined;
  srp: { salt: string; verifier: string };
  isRemembered: boolean;
  createdAt: number;
  modifiedAt: number;
  authenticatedAt: number;
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
  passkeys?: Passkey[] | undefined;
  /** Who the user is elsewhere. */
  identities?: Identity[] | undefined;
  devices?: Device[] | undefined;
  /** A registration of a passkey that was started, and through which client. */
  registering?: { challenge: string; clientId: string; expiresAt: number } | undefined;
  failures?: { password?: Failures | undefined; code?: Failures | undefined } | undefined;
  codes?: Partial<Record<CodePurpose, CodeState | undefined>> | undefined;
  createdAt: number;
  modifiedAt: number;
}

/** A sign-in as its user may see and end it, in a pool that keeps track. */
export interface Tracked {
  id: string;
  /** The last sign-in or refresh, ms since the epoch. */
  activeAt: number;
  /** The browser's session that it came through. */
  origin?: string | undefined;
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
  /** The tokens that it was rotated into, and until when each of the family that was exchanged still works. */
  rotated?: RotatedToken[] | undefined;
  authenticatedAt: number;
  expiresAt: number;
  revoked?: boolean | undefined;
  /** What the Hosted UI granted. Absent on a sign-in through the API. */
  scopes?: string[] | undefined;
  /** What its access tokens are for: their `aud`. */
  resource?: string | undefined;
  tracked?: Tracked | undefined;
  /** What it was signed in with, in a pool that remembers devices. */
  device?: DeviceKeys | undefined;
}

/** A refresh token of a family, the first one included once it was exchanged. */
interface RotatedToken {
  hash: string;
  /** When it was exchanged: the end of its grace, ms since the epoch. Absent: not yet. */
  until?: number | undefined;
}

/** What is asked for before a first factor is proven. */
type FirstChallengeName = "PASSWORD_VERIFIER" | "SELECT_CHALLENGE" | Exclude<FirstFactor, "PASSWORD_SRP">;

/** What a sign-in by USER_AUTH may begin with. */
export type FirstFactor = "PASSWORD" | "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN";

/** A WebAuthn credential that the user has registered. */
export interface Passkey {
  /** base64url, as are the bytes of the key. */
  id: string;
  publicKey: string;
  /** How often it has signed, as far as it tells. */
  counter: number;
  transports?: string[] | undefined;
  attachment?: string | undefined;
  name: string;
  relyingPartyId: string;
  createdAt: number;
}

export type ChallengeName = "NEW_PASSWORD_REQUIRED" | "SELECT_MFA_TYPE" | "MFA_SETUP" | Factor;

/** What a device is asked for. */
type DeviceChallengeName = "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER";

/** One challenge of a custom sign-in, as its functions are told of it. */
export interface CustomStep {
  challengeName: string;
  challengeResult: boolean;
  challengeMetadata?: string | undefined;
}

/** A challenge that was sent and not yet answered. Known by the SHA-256 of its session string. */
export interface ChallengeSession {
  sessionHash: string;
  poolId: string;
  clientId: string;
  username: string;
  challenge: ChallengeName | FirstChallengeName | DeviceChallengeName | "CUSTOM_CHALLENGE" | "SIGN_UP";
  /** Of a custom sign-in: what came before, and what the right answer is known by. */
  custom?:
    | { history: CustomStep[]; secret: Record<string, string>; metadata?: string | undefined }
    | undefined;
  /** For somebody who does not exist. */
  isPretended?: boolean | undefined;
  /** What the client says it signs in with. */
  deviceKey?: string | undefined;
  /** SHA-256 of the code that was texted. */
  codeHash?: string | undefined;
  /** Of PASSWORD_VERIFIER: the exchange, as far as it came (hexadecimal). */
  srp?: { salt: string; verifier: string; A: string; b: string; B: string } | undefined;
  /** Of WEB_AUTHN: what the passkey is to sign. */
  webAuthn?: string | undefined;
  /** Of MFA_SETUP: a code of the new software token was shown. */
  verified?: boolean | undefined;
  expiresAt: number;
  /** Answered successfully. Kept until it expires, so that a replay can be told from a made-up session. */
  used?: boolean | undefined;
}

export type MessageKind =
  | "invitation"
  | "sign-up"
  | "sign-up-again"
  | "forgotten-password"
  | "changed-attribute"
  | "attribute-verification"
  | "second-factor";

/** What Cognito would have mailed or texted. */
export interface Message {
  id: string;
  poolId: string;
  username: string;
  at: number;
  kind: MessageKind;
  medium: "EMAIL" | "SMS";
  to: string;
  subject?: string | undefined;
  body: string;
}

/** The signing keys of a pool as PKCS#8 PEM. Cognito signs access and ID tokens with different keys. */
export interface PoolKeys {
  poolId: string;
  access: PoolKey;
  id: PoolKey;
  /** Retired keys and until when they stay published, ms since the epoch. */
  retired?: { access: PoolKey; id: PoolKey; until: number }[] | undefined;
}

export interface PoolKey {
  kid: string;
  pem: string;
}

/** The base32 secret that this user's next software token gets, or undefined for one by chance. */
export type SoftwareTokenSecret = (user: User) => string | undefined;
