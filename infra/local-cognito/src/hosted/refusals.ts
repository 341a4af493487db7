/**
 * What the hosted endpoints refuse, in the three ways that OAuth 2.0 knows: on a page, where there is nobody to
 * send the browser back to; by sending it back; and as JSON, to a client that asked by itself.
 */

/** Shown on an error page and never followed: there is no client, or not this address of it. */
export class ShownRefusal extends Error {}

/** Sent back to the client's registered address (RFC 6749, 4.1.2.1). */
export class ReturnedRefusal extends Error {
  constructor(
    readonly to: { redirectUri: string; state?: string | undefined },
    readonly error: string,
    readonly description?: string,
  ) {
    super(error);
  }
}

export type OAuthError =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_token_type";

/** Answered as JSON by the token and revocation endpoints (RFC 6749, 5.2). */
export class OAuthRefusal extends Error {
  constructor(
    readonly error: OAuthError,
    /** Cognito sends none, except for what a trigger said. */
    readonly description?: string,
  ) {
    super(error);
  }
}

/** The wording of the pages' `error` is Cognito's, as far as people have quoted it in public. */
export const shown = {
  missing: (name: string) => new ShownRefusal(`Required String parameter '${name}' is not present`),
  repeated: (name: string) => new ShownRefusal(`Parameter '${name}' is given more than once`),
  unknownClient: (id: string) => new ShownRefusal(`User pool client ${id} does not exist.`),
  redirectMismatch: () => new ShownRefusal("redirect_mismatch"),
  unknownState: () => new ShownRefusal("Invalid state: this sign-in was not begun here, or is over."),
  refused: (why: string) => new ShownRefusal(why),
  unauthorizedClient: () => new ShownRefusal("unauthorized_client"),
};
