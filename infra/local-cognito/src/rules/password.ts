import { invalidPassword } from "../model/failures";
import type { Pool } from "../model/pool";

/** The characters that count as symbols (developer guide, "Adding user pool password requirements"). */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** @throws InvalidPasswordException naming the first rule that the password breaks. */
export function assertPassword(pool: Pool, password: string): void {
  const policy = pool.settings.Policies.PasswordPolicy;
  if (password.length < policy.MinimumLength) throw invalidPassword("Password not long enough");
  if (password.length > 256) throw invalidPassword("Password too long");
  if (password.trim() !== password) throw invalidPassword("Password cannot begin or end with a space");
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) {
    throw invalidPassword("Password must have uppercase characters");
  }
  if (policy.RequireLowercase && !/[a-z]/.test(password)) {
    throw invalidPassword("Password must have lowercase characters");
  }
  if (policy.RequireNumbers && !/[0-9]/.test(password)) {
    throw invalidPassword("Password must have numeric characters");
  }
  if (policy.RequireSymbols && !symbol.test(password)) {
    throw invalidPassword("Password must have symbol characters");
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** When a temporary password given at `now` stops working, in ms. */
export function temporaryUntil(pool: Pool, now: number): number {
  const { Policies, AdminCreateUserConfig } = pool.settings;
  // 0 has been seen in old pools, where it means the default.
  const days =
    Policies.PasswordPolicy.TemporaryPasswordValidityDays || AdminCreateUserConfig.UnusedAccountValidityDays;
  return now + (days || 7) * DAY_MS;
}
