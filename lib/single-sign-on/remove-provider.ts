import { providerNameOf } from "../auth/single-sign-on/provider-name";
import { deleteIdentityProvider, offerProvider } from "../cognito/identity-providers";
import { withLease } from "../db/lease";
import { env } from "../env";
import { PROVIDERS_LEASE } from "./save-provider";

/**
 * Takes a tenant's provider away at Cognito; that there is none is no error.
 *
 * @param requireWanted looks once more when nobody else is at it.
 * @throws AppError `conflict`, `cognito_unavailable`; what `requireWanted` throws.
 */
export async function removeProvider(tenantId: string, requireWanted = async () => {}): Promise<void> {
  const name = providerNameOf(tenantId);
  if (name === null || !env().COGNITO_WEB_CLIENT_ID) return;
  await withLease(PROVIDERS_LEASE, async () => {
    await requireWanted();
    await offerProvider(name, false);
    await deleteIdentityProvider(name);
  });
}
