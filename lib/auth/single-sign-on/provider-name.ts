/**
 * Of a tenant's identity provider at Cognito: `sso-` and the tenant's id. A provider's name takes 32 characters and no
 * underscore, which in user names stands behind it (API reference, CreateIdentityProvider).
 */
const NAME = /^sso-([a-z0-9](?:[a-z0-9-]{0,26}[a-z0-9])?)$/;

/** The name of a tenant's provider; null for a tenant whose id is too long for one, or has an underscore. */
export function providerNameOf(tenantId: string): string | null {
  const name = `sso-${tenantId}`;
  return NAME.test(name) ? name : null;
}

/** The tenant that a provider belongs to; null for one that is no tenant's. It is always this one, whatever it says. */
/** @public TEMPORARY */
export function tenantOfProvider(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null;
}

/** The tenant whose provider made a user (`Provider_subject`); null for whoever was signed up or invited. */
export function tenantOfExternal({ username }: { username: string }): string | null {
  const end = username.indexOf("_");
  return end === -1 ? null : tenantOfProvider(username.slice(0, end).toLowerCase());
}
