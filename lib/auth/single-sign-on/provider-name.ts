/**
 * Of a tenant's identity provider at Cognito: `sso-` and the tenant's id. A provider's name takes 32 characters and no
 * underscore, which in user names stands behind it (API reference, CreateIdentityProvider).
 */
const NAME = /^sso-([a-z0-9](?:[a-z0-9-]{0,26}[a-z0-9])?)$/;
/** Whatever looks like one, in any spelling. */
const ALIKE = /^sso-/i;

/** The name of a tenant's provider; null for a tenant whose id is too long for one, or has an underscore. */
export function providerNameOf(tenantId: string): string | null {
  const name = `sso-${tenantId}`;
  return NAME.test(name) ? name : null;
}

/** Whether it is the name of a tenant's provider. */
export const isProviderName = (name: string) => NAME.test(name);

/** Whether somebody was made by a tenant's provider (`<its name>_<who they are there>`), or looks like it. */
export function isExternal({ username }: { username: string }): boolean {
  return ALIKE.test(username) && username.includes("_");
}

/**
 * The tenants whose providers somebody comes by. It is always these, whatever the providers say.
 *
 * @param providers the names of those that they are linked to, any others among them.
 * @returns with a null for a name that only looks like one.
 */
export function tenantsComeBy(username: string, providers: readonly string[]): Set<string | null> {
  const made = isExternal({ username }) ? [username.slice(0, username.indexOf("_"))] : [];
  const names = [...made, ...providers].filter((name) => ALIKE.test(name));
  return new Set(names.map((name) => NAME.exec(name)?.[1] ?? null));
}
