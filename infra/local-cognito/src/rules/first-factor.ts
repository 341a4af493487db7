import type { Pool } from "../model/pool";
import type { FirstFactor, User } from "../model/user";
import { nextStep } from "./next-step";

/** What the pool lets a sign-in by USER_AUTH begin with: a password alone, unless it says more. */
export function allowedFirst({ settings }: Pool): ("PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN")[] {
  return settings.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
}

/** Whether people sign in by a code alone, and so need no password (API reference, SignUp). */
export function isPasswordless(pool: Pool): boolean {
  return allowedFirst(pool).some((factor) => factor === "EMAIL_OTP" || factor === "SMS_OTP");
}

/**
 * What this user could begin with. Whoever is asked for a second factor begins with the password, since a code or a
 * passkey stands alone, except where the pool takes a passkey for both (API reference, WebAuthnConfigurationType).
 */
export function firstFactors(pool: Pool, user: User): FirstFactor[] {
  // Whoever came from a provider has nothing to show here.
  if (user.status === "EXTERNAL_PROVIDER") return [];
  const confirmed: User = { ...user, status: "CONFIRMED" };
  const asksSecond = nextStep(pool, confirmed, "password").kind !== "tokens";
  const isBoth = pool.webAuthn?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
  const has: Record<FirstFactor, boolean> = {
    PASSWORD: user.password !== undefined,
    PASSWORD_SRP: user.password?.srp !== undefined,
    EMAIL_OTP: !asksSecond && Boolean(user.attributes.email),
    SMS_OTP: !asksSecond && Boolean(user.attributes.phone_number),
    WEB_AUTHN: (!asksSecond || isBoth) && (user.passkeys ?? []).length > 0,
  };
  return offered(pool).filter((factor) => has[factor]);
}

/** What a name that does not exist is offered: all that needs nothing registered. */
export function pretendedFactors(pool: Pool, name: string): FirstFactor[] {
  return offered(pool).filter(
    (factor) =>
      factor.startsWith("PASSWORD") ||
      (factor === "EMAIL_OTP" && name.includes("@")) ||
      (factor === "SMS_OTP" && name.startsWith("+")),
  );
}

function offered(pool: Pool): FirstFactor[] {
  return allowedFirst(pool).flatMap((factor): FirstFactor[] =>
    factor === "PASSWORD" ? ["PASSWORD", "PASSWORD_SRP"] : [factor],
  );
}
