import type { Factor, FirstFactor } from "../model/user";

/** What a page of the hosted sign-in asks for. */
export type View =
  | { kind: "password" | "other-way"; username: string }
  | { kind: "NEW_PASSWORD_REQUIRED"; open: OpenSession; missing: string[] }
  | { kind: "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP"; open: OpenSession; to: string }
  | { kind: "SOFTWARE_TOKEN_MFA" | "PASSWORD"; open: OpenSession }
  | { kind: "SELECT_MFA_TYPE"; open: OpenSession; factors: Factor[] }
  | { kind: "SELECT_CHALLENGE"; open: OpenSession; factors: FirstFactor[] }
  | { kind: "WEB_AUTHN"; open: OpenSession; options: string }
  | { kind: "MFA_SETUP"; open: OpenSession; key: string; account: string }
  | { kind: "setup-unavailable" }
  | { kind: "sign-up"; username: string; asked: SignUpFields }
  | { kind: "forgot" | "confirm" | "confirm-sign-up"; username: string }
  | { kind: "add-passkey"; options: string };

/** A challenge that waits for its answer. The page carries it, as an application would. */
export interface OpenSession {
  session: string;
  username: string;
}

/** What somebody new is asked for, beside a name. */
export interface SignUpFields {
  /** Without one, whoever signs up may leave it away. */
  needsPassword: boolean;
  /** Attribute → what was typed so far. */
  attributes: Record<string, string>;
  /** Where the client's terms are. */
  terms: { name: string; address: string }[];
}
