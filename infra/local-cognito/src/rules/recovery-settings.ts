import { invalidParameter } from "../model/failures";
import type { PoolSettings } from "../model/pool";

/**
 * Of two ways to recover an account one comes first, and administrators are the only way or none (API reference,
 * RecoveryOptionType; the words for the latter as reported from AWS).
 *
 * @throws InvalidParameterException
 */
export function assertRecovery({ AccountRecoverySetting }: PoolSettings): void {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length < 2) return;
  const [first, second] = mechanisms;
  if (mechanisms.some(({ Name }) => Name === "admin_only")) {
    throw invalidParameter(
      "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
    );
  }
  if (first?.Priority === second?.Priority) {
    throw invalidParameter("Account Recovery Setting cannot have two recovery mechanisms of one priority.");
  }
  if (first?.Name === second?.Name) {
    throw invalidParameter("Account Recovery Setting cannot have the same recovery mechanism twice.");
  }
}
