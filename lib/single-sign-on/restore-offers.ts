import { isProviderName } from "../auth/single-sign-on/provider-name";
import { anySingleSignOn } from "../auth/single-sign-on/sign-in-way";
import { offerProviders } from "../cognito/identity-providers";
import { withLease } from "../db/lease";
import { env } from "../env";
import { log } from "../log";
import { PROVIDERS_LEASE } from "./save-provider";

/**
 * Has the web client let people in by every tenant's provider again: Terraform makes one anew with its secret, and the new
 * one knows none. What is switched off is refused all the same, when somebody comes by it.
 *
 * @throws AppError `conflict`, `cognito_unavailable`, `database_unavailable`.
 */
export async function restoreOffers(): Promise<void> {
  const { COGNITO_DOMAIN, COGNITO_WEB_CLIENT_ID } = env();
  if (!COGNITO_DOMAIN || !COGNITO_WEB_CLIENT_ID || !(await anySingleSignOn())) return;
  const providers = await withLease(PROVIDERS_LEASE, () => offerProviders(isProviderName));
  if (providers.length > 0) log("warn", "single_sign_on.offers_restored", { providers });
}
