import { createHash } from "node:crypto";
import { notAuthorized } from "../model/failures";
import type { Pool } from "../model/pool";
import type { User } from "../model/user";

export interface Delivery {
  attribute: "email" | "phone_number";
  medium: "EMAIL" | "SMS";
  to: string;
}

const media = { email: "EMAIL", phone_number: "SMS" } as const;

/** Where a code for this attribute of the user goes, or undefined when the user has none. */
export function deliveryTo(
  attributes: Record<string, string>,
  attribute: "email" | "phone_number",
): Delivery | undefined {
  const to = attributes[attribute];
  return to ? { attribute, medium: media[attribute], to } : undefined;
}

/** Where the code that confirms a sign-up goes: the phone first, when both are verified by themselves. */
export function signUpDelivery(pool: Pool, attributes: Record<string, string>): Delivery | undefined {
  return (["phone_number", "email"] as const)
    .filter((attribute) => pool.settings.AutoVerifiedAttributes?.includes(attribute))
    .map((attribute) => deliveryTo(attributes, attribute))
    .find((delivery) => delivery !== undefined);
}

/** @throws NotAuthorizedException when the pool leaves forgotten passwords to administrators. */
export function assertSelfRecovery(pool: Pool): void {
  const mechanisms = pool.settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.some(({ Name }) => Name === "admin_only")) throw notAuthorized.administratorResets();
}

/**
 * Where a code for a forgotten password goes: by the pool's mechanisms in their order, to a verified address. An
 * address that is the second factor is not also the way around the first. Without a setting the phone comes first.
 * Undefined when nothing is verified.
 *
 * Source: API reference, AccountRecoverySettingType and ForgotPassword.
 */
export function recoveryDelivery(pool: Pool, user: User): Delivery | undefined {
  const said = pool.settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const byPriority = [...said].sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name);
  const mechanisms = byPriority.length > 0 ? byPriority : ["verified_phone_number", "verified_email"];
  for (const mechanism of mechanisms) {
    const attribute = mechanism === "verified_email" ? "email" : "phone_number";
    if (user.attributes[`${attribute}_verified`] !== "true") continue;
    if (user.mfa?.enabled.includes(attribute === "email" ? "EMAIL_OTP" : "SMS_MFA")) continue;
    const delivery = deliveryTo(user.attributes, attribute);
    if (delivery) return delivery;
  }
  return undefined;
}

/** What an answer tells of the destination: "a***@e***" and "+*******1234". */
export function describeDelivery({ attribute, medium, to }: Delivery): object {
  return { AttributeName: attribute, DeliveryMedium: medium, Destination: masked(to) };
}

export function masked(to: string): string {
  const [name = "", domain] = to.split("@");
  if (domain !== undefined) return `${name.charAt(0)}***@${domain.charAt(0)}***`;
  return `+${"*".repeat(Math.max(to.length - 5, 0))}${to.slice(-4)}`;
}

/** A destination for a user who does not exist: the same for the same name, and as believable as the real ones. */
export function simulatedDelivery(name: string): Delivery {
  if (name.includes("@")) return { attribute: "email", medium: "EMAIL", to: name };
  if (name.startsWith("+")) return { attribute: "phone_number", medium: "SMS", to: name };
  const [a = 0, b = 0] = createHash("sha256").update(name).digest();
  const letter = (byte: number) => String.fromCharCode(97 + (byte % 26));
  return { attribute: "email", medium: "EMAIL", to: `${letter(a)}@${letter(b)}` };
}
