import type { Words } from "./messages";

type Fault = keyof Words["faults"];

/** What the contracts and Cognito say of a field, in English for API clients, and the words that people get for it. */
const FAULTS: [said: RegExp, fault: Fault][] = [
  [/must not be empty|expected string to have >=1 /, "required"],
  [/visible character/, "invisible"],
  [/must have at most|expected string to have <=/, "too_long"],
  [/invalid email/i, "email"],
  [/exists already/, "account_exists"],
  [/the digits of the code/, "code"],
  [/the application's own/, "own_source"],
  [/not a tenant's id/, "tenant"],
  [/not your password/, "wrong_password"],
  [/already used/, "wrong_code"],
  [/or too old/, "old_code"],
  [/not long enough/, "password_short"],
  [/uppercase/, "password_uppercase"],
  [/lowercase/, "password_lowercase"],
  [/numeric/, "password_number"],
  [/symbol/, "password_symbol"],
  [/password/i, "password"],
];

/** The key of the words for a fault of a field; for one that nobody thought of, that it is not valid. */
export function fieldFault(said: string): Fault {
  return FAULTS.find(([pattern]) => pattern.test(said))?.[1] ?? "invalid";
}
