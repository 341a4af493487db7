import type { Pool } from "../model/pool";
import type { User } from "../model/user";

export type AddressName = "email" | "phone_number";

/** The addresses that changed and that the pool verifies by itself. */
export function toVerify(pool: Pool, user: User, changes: Record<string, string>): AddressName[] {
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  return verified.filter((name) => changes[name] && changes[name] !== user.attributes[name]);
}

/**
 * Those of them that become the user's only with the code that goes to the new address (API reference,
 * UserAttributeUpdateSettingsType). Whoever may say that an address is verified says it in the same call, and it counts
 * at once.
 */
export function changedLater(
  pool: Pool,
  user: User,
  changes: Record<string, string>,
): Partial<Record<AddressName, string>> {
  const settings = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const names = toVerify(pool, user, changes).filter(
    (name) => settings.includes(name) && changes[`${name}_verified`]?.toLowerCase() !== "true",
  );
  return Object.fromEntries(names.map((name) => [name, changes[name]]));
}
