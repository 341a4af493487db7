/** What the application itself tells the owner of an account. No input of a request ever says one of these. */
export const NOTICES = [
  "new_login",
  "password_changed",
  "password_recovered",
  "authenticator_added",
  "authenticator_removed",
  "factor_preferred",
  "passkey_added",
  "passkey_removed",
  "single_sign_on_linked",
] as const;
export type Notice = (typeof NOTICES)[number];

/** What goes with a notice. `address` may be "unknown", `user_agent` "" for a client that does not say. */
export type Facts = { address: string; user_agent?: string };

/** Whom it is about, and the tenant in which they are told. */
export type NoticeOwner = { tenantId: string; sub: string };

/** A notice that is told, for whoever else has something to do about it. */
export type ToldNotice = {
  owner: NoticeOwner;
  id: string;
  notice: Notice;
  facts: Facts & { further?: string };
  /** False when it is counted in with one that they were told before. */
  isNew: boolean;
  at: Date;
};
