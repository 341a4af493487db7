/** Where AWS has a user pool, and which names it has for that. */
type Pool = { region: string; poolId: string };

/** AWS's domain in a region; China has one of its own ("Amazon Cognito endpoints and quotas", "China Regions"). */
function domainIn(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The issuer of a pool's tokens ("Verifying JSON web tokens"); the same whichever endpoint handed them out. */
export function issuerOf({ region, poolId }: Pool): string {
  return `https://cognito-idp.${region}.${domainIn(region)}/${poolId}`;
}

/** Each address of the API in a region: the usual one, the one validated to FIPS 140, and both over IPv6. */
function endpointsIn(region: string): string[] {
  const domain = domainIn(region);
  const dualStack = domain === "amazonaws.com" ? "api.aws" : "api.amazonwebservices.com.cn";
  return ["cognito-idp", "cognito-idp-fips"].flatMap((service) => [
    `https://${service}.${region}.${domain}`,
    `https://${service}.${region}.${dualStack}`,
  ]);
}

/** Whether an address is one that AWS has for the API, the issuer or the keys of this very pool. */
export function isOfAws(
  name: "COGNITO_ENDPOINT" | "COGNITO_ISSUER" | "COGNITO_JWKS_URL",
  url: string,
  pool: Pool,
): boolean {
  if (name === "COGNITO_ISSUER") return url === issuerOf(pool);
  const endpoints = endpointsIn(pool.region);
  if (name === "COGNITO_ENDPOINT") return endpoints.includes(url);
  return endpoints.some((endpoint) => url === `${endpoint}/${pool.poolId}/.well-known/jwks.json`);
}

/** Whether an address could be one of AWS's for some pool: which one, `isOfAws` tells. */
export function looksLikeAws(url: string): boolean {
  return /^https:\/\/cognito-idp(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.(aws|amazonwebservices\.com\.cn))(\/|$)/.test(
    url,
  );
}
