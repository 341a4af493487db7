import type { Identity } from "../../cognito/identities";
import { isExternal, tenantsComeBy } from "./provider-name";

/** Somebody, as far as it is said which providers they come by; null where that cannot be read. */
type Comer = { username: string; identities: readonly Identity[] | null };

/** Whether somebody signs in by a tenant's provider; null where that cannot be read. */
export function comesByProvider({ username, identities }: Comer): boolean | null {
  if (isExternal({ username })) return true;
  return (
    identities &&
    tenantsComeBy(
      username,
      identities.map(({ provider }) => provider),
    ).size > 0
  );
}

/**
 * The tenant of a user. Of whoever comes by a tenant's provider it is that tenant, whatever the provider or anybody
 * says of them; where something says another one, there is none. Who was there before and is linked to a provider has
 * to be of its tenant already.
 *
 * @param said by the token or the pool: an attribute that administrators of the pool alone write, unless a provider does.
 */
export function tenantBy({ username, identities }: Comer, said: string | null): string | null {
  if (identities === null) return null;
  const providers = identities.map(({ provider }) => provider);
  const [only, ...others] = tenantsComeBy(username, providers);
  if (only === undefined) return said;
  if (only === null || others.length > 0 || (said !== null && said !== only)) return null;
  return isExternal({ username }) ? only : said;
}
