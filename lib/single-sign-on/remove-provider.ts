import { providerNameOf } from "../auth/single-sign-on/provider-name";
import { deleteIdentityProvider, offerProvider } from "../cognito/identity-providers";
import { withLease } from "../db/lease";
import { env } from "../env";
import { PROVIDERS_LEASE } from "./save-provider";

/** Takes a tenant's provider away at Cognito; that there is none is no error. @throws AppError `conflict`, `cognito_unavailable`. */
export async function removeProvider(tenantId: string): Promise<void> {
  const name = providerNameOf(tenantId);
  if (name === null || !env().COGNITO_WEB_CLIENT_ID) return;
  await withLease(PROVIDERS_LEASE, async () => {
    await offerProvider(name, false);
    await deleteIdentityProvider(name);
  });
}
