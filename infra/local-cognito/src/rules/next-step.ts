import type { Pool } from "../model/pool";
import type { Factor, User } from "../model/user";

/** What a sign-in still asks for, named as the API names its challenges; "tokens" when nothing is left. */
export type Step =
  | { kind: "tokens" }
  | { kind: "NEW_PASSWORD_REQUIRED" }
  | { kind: Factor }
  /** The user chooses among these. */
  | { kind: "SELECT_MFA_TYPE"; factors: Factor[] }
  /** The pool wants a second factor and the user has none: these could be set up. */
  | { kind: "MFA_SETUP"; factors: Factor[] };

/** What was just proven: the password (temporary or not), which factor is wanted, or a second factor. */
export type Proof = "password" | { chosen: Factor } | "second factor";

/**
 * What comes after a correct password, and after each answer to a challenge: the one decision, for the API
 * operations and the hosted pages alike. Pure; checking the password or code is the caller's part.
 *
 * A sign-in is a walk along this function, from the password to "tokens":
 *
 *     nextStep(pool, user, "password")                   // → NEW_PASSWORD_REQUIRED while the password is temporary
 *     nextStep(pool, confirmed, "password")              // the new password was accepted: a password like any
 *     nextStep(pool, user, { chosen: "SMS_MFA" })        // the answer to SELECT_MFA_TYPE
 *     nextStep(pool, user, "second factor")              // a right code, or a factor just set up → tokens
 *
 * The rules: developer guide, "Adding MFA to a user pool" (OFF: nobody is asked; OPTIONAL: whoever enabled a
 * factor; ON: everybody), and the challenge names of the API reference's RespondToAuthChallenge.
 */
export function nextStep(pool: Pool, user: User, proof: Proof): Step {
  if (user.status === "FORCE_CHANGE_PASSWORD") return { kind: "NEW_PASSWORD_REQUIRED" };
  if (proof === "second factor") return { kind: "tokens" };
  const factors = factorsAsked(pool, user);
  if (proof !== "password" && factors.includes(proof.chosen)) return { kind: proof.chosen };
  const preferred = user.mfa?.preferred;
  if (preferred && factors.includes(preferred)) return { kind: preferred };
  const [only, ...others] = factors;
  if (only) return others.length === 0 ? { kind: only } : { kind: "SELECT_MFA_TYPE", factors };
  return pool.settings.MfaConfiguration === "ON"
    ? { kind: "MFA_SETUP", factors: poolFactors(pool) }
    : { kind: "tokens" };
}

/** The second factors that the pool offers. */
export function poolFactors(pool: Pool): Factor[] {
  if (pool.settings.MfaConfiguration === "OFF") return [];
  const { softwareToken, sms, email } = pool.factors ?? {};
  const offered: Record<Factor, boolean | undefined> = {
    SMS_MFA: sms,
    SOFTWARE_TOKEN_MFA: softwareToken,
    EMAIL_OTP: email !== undefined,
  };
  return (["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const).filter((factor) => offered[factor]);
}

/** Those of the pool's factors that the user could answer with: a phone number, a verified software token. */
export function usableFactors(pool: Pool, user: User): Factor[] {
  const has: Record<Factor, boolean> = {
    SMS_MFA: Boolean(user.attributes.phone_number),
    SOFTWARE_TOKEN_MFA: Boolean(user.mfa?.softwareToken?.verified),
    EMAIL_OTP: Boolean(user.attributes.email),
  };
  return poolFactors(pool).filter((factor) => has[factor]);
}

/** What the user enabled. Where the pool insists and the user chose nothing: everything they have. */
function factorsAsked(pool: Pool, user: User): Factor[] {
  const usable = usableFactors(pool, user);
  const enabled = usable.filter((factor) => user.mfa?.enabled.includes(factor));
  return enabled.length === 0 && pool.settings.MfaConfiguration === "ON" ? usable : enabled;
}
