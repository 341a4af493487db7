import type { FieldError } from "./field-error";

/** Every error code a caller can meet: its HTTP status and its title (RFC 9457 section 3.1.3). */
export const ERRORS = {
  malformed_json: [400, "The request body is not valid JSON"],
  invalid_request: [400, "The request is not valid"],
  invalid_tenant: [400, "The tenant identifier is malformed"],
  password_rejected: [400, "The password does not meet the requirements"],
  code_rejected: [400, "The code is not right"],
  passkey_rejected: [400, "The passkey was not accepted"],
  missing_token: [401, "Sign in first"],
  invalid_token: [401, "The token is not valid"],
  wrong_token_use: [401, "The token is of the wrong kind"],
  session_ended: [401, "The session has ended"],
  invalid_credentials: [401, "Incorrect e-mail or password"],
  password_reset_required: [401, "The password was reset: choose a new one with the code that was mailed"],
  challenge_expired: [401, "The sign-in took too long or was already used"],
  forbidden: [403, "Your role does not allow this"],
  no_tenant: [403, "Your account belongs to no tenant"],
  tenant_mismatch: [403, "This is not your tenant"],
  tenant_suspended: [403, "The tenant is suspended"],
  single_sign_on_required: [403, "Your company's single sign-on is the only way in"],
  single_sign_on_refused: [403, "This sign-in of your company's is not accepted here"],
  cross_origin: [403, "The request came from another origin"],
  unknown_tenant: [404, "There is no such tenant"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "This method is not allowed here"],
  request_timeout: [408, "The request took too long to arrive"],
  conflict: [409, "The current state does not allow this"],
  another_person: [409, "Somebody else is signed in by now"],
  another_tenant: [409, "You are in another tenant by now"],
  last_admin: [409, "A tenant needs an administrator"],
  member_exists: [409, "This e-mail address cannot be invited"],
  domain_unproved: [409, "Nothing shows that the domain is yours"],
  domain_taken: [409, "The domain belongs to another tenant"],
  single_sign_on_untested: [409, "Test the single sign-on first"],
  precondition_failed: [412, "It was changed in the meantime"],
  payload_too_large: [413, "The request body is too large"],
  uri_too_long: [414, "The address is too long"],
  unsupported_media_type: [415, "The request body must be JSON"],
  idempotency_key_reused: [422, "This Idempotency-Key was used for another request"],
  rate_limited: [429, "Too many requests"],
  header_fields_too_large: [431, "The request headers are too large"],
  internal: [500, "Something went wrong on our side"],
  unsupported_challenge: [501, "This sign-in step is not supported"],
  cognito_unavailable: [503, "The sign-in service is not available"],
  keys_unavailable: [503, "The token keys are not available"],
  database_unavailable: [503, "The database is not available"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ErrorCode = keyof typeof ERRORS;

type Details = {
  /** For the caller: what to do. Never what Cognito or the database said. */
  detail?: string;
  fields?: FieldError[];
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
  /** The methods that there are, for 405. */
  allow?: string;
  /** For the log only. */
  cause?: unknown;
};

/** The one error that crosses a boundary. Anything else that is thrown is a 500. */
export class AppError extends Error {
  /** By its name: each bundle of Next has a copy of this class, and what one throws another catches. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && value.name === "AppError";
  }

  readonly code: ErrorCode;
  /** All that a production error page is told of an error that a server component threw. */
  readonly digest: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: FieldError[] | undefined;
  readonly retryAfter: number | undefined;
  readonly allow: string | undefined;

  constructor(code: ErrorCode, { detail, fields, retryAfter, allow, cause }: Details = {}) {
    super(detail ?? ERRORS[code][1], { cause });
    this.name = "AppError";
    this.code = code;
    this.digest = code;
    this.detail = detail;
    this.fields = fields;
    this.retryAfter = retryAfter;
    this.allow = allow;
  }

  get status(): number {
    return ERRORS[this.code][0];
  }

  get title(): string {
    return ERRORS[this.code][1];
  }
}
