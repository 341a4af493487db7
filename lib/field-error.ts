/**
 * Every kind of fault that a field can have: programs decide by the code, and the pages' catalogs have words for each.
 * Beside it what API clients read, in English, where nobody says it more exactly.
 */
export const FAULTS = {
  required: "must not be empty",
  wrong_type: "is of another type",
  too_short: "is too short",
  too_long: "is too long",
  too_small: "is too small",
  too_large: "is too large",
  not_listed: "is not one of those that there are",
  unknown_field: "is not known",
  malformed: "is malformed",
  repeated: "must be given once",
  nothing_to_change: "must change something",
  invalid: "is not valid",
  unstorable: "must not contain NUL",
  not_well_formed: "must be well-formed Unicode",
  invisible: "must have a visible character",
  reserved: "is a name of the application's own",
  not_an_email: "is not an e-mail address",
  not_a_code: "must be the digits of the code",
  not_a_tenant: "is not a tenant's id",
  not_a_domain: "is not a domain of one company's e-mail addresses, of 40 characters at the most",
  not_a_provider: "is not the https address of a provider on the internet",
  not_of_a_company: "is an issuer of everybody's accounts, and of no one company's",
  provider_refused: "Cognito cannot use this: is it right, and can it be reached?",
  not_a_time_zone: "is not a time zone, such as Asia/Tokyo",
  account_exists: "An account with this address exists already.",
  wrong_password: "This is not your password.",
  wrong_code: "This code is not right, or was already used.",
  old_code: "This code is not right, or too old. Ask for a new one.",
  password: "This password does not meet the requirements.",
  password_short: "Password not long enough",
  password_long: "Password too long",
  password_space: "Password cannot begin or end with a space",
  password_uppercase: "Password must have uppercase characters",
  password_lowercase: "Password must have lowercase characters",
  password_number: "Password must have numeric characters",
  password_symbol: "Password must have symbol characters",
  password_used: "This password was used before. Choose another one.",
  password_leaked: "This password is known from leaks. Choose another one.",
} as const satisfies Record<string, string>;

export type FaultCode = keyof typeof FAULTS;

/** What a code alone does not say, such as `{ maximum: 200 }`. */
type FaultParams = Record<string, string | number | string[]>;

/** One fault in the input. `field` is a dotted path, empty for the whole; `message` is for API clients, in English. */
export type FieldError = { field: string; code: FaultCode; message: string; params?: FaultParams };

/** A fault of one field, in the words of the table where `message` says nothing more exact. */
export function fieldError(field: string, code: FaultCode, message: string = FAULTS[code]): FieldError {
  return { field, code, message };
}

/** The same for a check in a contract: `.refine(isTenantId, fault("not_a_tenant"))`. */
export function fault(
  code: FaultCode,
  error: string = FAULTS[code],
): { error: string; params: { fault: FaultCode } } {
  return { error, params: { fault: code } };
}

/** Whether a name, from wherever it came, is one of the codes. */
export function isFaultCode(name: unknown): name is FaultCode {
  return typeof name === "string" && Object.hasOwn(FAULTS, name);
}
