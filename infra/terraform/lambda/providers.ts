/** Cognito calls whoever came by a provider `<its name>_<who they are there>`. */
export function isExternal(userName: string): boolean {
  return /^sso-[^_]+_/i.test(userName);
}

/**
 * The names, among those of all identities that the user may come by, that are of tenants' own providers. The attribute is
 * Cognito's own, as JSON text; one that cannot be read stands for a provider of nobody.
 */
export function singleSignOnProviders(userName: string, identities: string | undefined): string[] {
  const named = isExternal(userName) ? [userName.slice(0, userName.indexOf("_"))] : [];
  // In any spelling: what only looks like one is to count as one that is no tenant's.
  return [...named, ...providersIn(identities)].filter((name) => /^sso-/i.test(name));
}

function providersIn(identities: string | undefined): string[] {
  if (identities === undefined) return [];
  try {
    const list: { providerName: unknown }[] = JSON.parse(identities);
    return list.map(({ providerName }) => (typeof providerName === "string" ? providerName : UNREADABLE));
  } catch {
    return [UNREADABLE];
  }
}

const UNREADABLE = "sso-";
