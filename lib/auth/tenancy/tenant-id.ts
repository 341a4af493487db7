/** A tenant's id: the characters of one DNS label and the underscore, 1 to 64 of them. */
const TENANT_ID = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;

export function isTenantId(text: string): boolean {
  return TENANT_ID.test(text);
}

/** Ids that no tenant is given: in subdomain mode these hosts are the site's own. */
const RESERVED = new Set(["www"]);

export function isReservedTenantId(id: string): boolean {
  return RESERVED.has(id);
}
