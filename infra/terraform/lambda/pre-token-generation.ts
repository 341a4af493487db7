/**
 * Cognito's pre-token-generation trigger, event version V2_0: puts the user's tenant on the access token.
 *
 * Cognito itself puts custom attributes on the ID token only, so an API that is called with access tokens (as
 * it should be) would not know the tenant. Whose tenant it is follows
 * - from the identity provider's name, for whoever comes or may come by a tenant's own single sign-on: `sso-acme` is
 *   acme's. Nothing that a provider says of its users can name another one.
 * - else from the user's own attribute, which no client of the pool may write.
 * A user without a tenant gets no claim: whoever reads the token must refuse, not guess.
 *
 * Runs on AWS Lambda (bundled, without dependencies) and, unchanged, inside the local Cognito.
 */

import { isExternal, singleSignOnProviders } from "./providers";

/** The parts that are used of the V2_0 event (developer guide, "Pre token generation Lambda trigger"). */
export interface PreTokenGenerationV2Event {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: {
    userAttributes: Record<string, string>;
    groupConfiguration: {
      groupsToOverride?: string[];
      iamRolesToOverride?: string[];
      preferredRole?: string | null;
    };
    scopes?: string[];
    clientMetadata?: Record<string, string>;
  };
  response: { claimsAndScopeOverrideDetails: ClaimsAndScopeOverrideDetails | null };
}

interface ClaimsAndScopeOverrideDetails {
  accessTokenGeneration?: ClaimChanges;
  idTokenGeneration?: ClaimChanges;
  groupOverrideDetails?: { groupsToOverride: string[] };
}

interface ClaimChanges {
  claimsToAddOrOverride?: Record<string, string>;
  claimsToSuppress?: string[];
}

const TENANT = "custom:tenant_id";

/**
 * The groups that a company's provider may have its people in. Whoever may sign in by it is no operator, whatever group
 * they were put into: the platform's staff would be whomever that company says.
 */
export const FEDERATED_GROUPS = ["viewer", "member", "admin"];

export async function handler(event: PreTokenGenerationV2Event): Promise<PreTokenGenerationV2Event> {
  const { userAttributes, groupConfiguration } = event.request;
  const own = userAttributes[TENANT];
  const providers = singleSignOnProviders(event.userName, userAttributes.identities);
  if (providers.length === 0) {
    if (!own) return event;
    return answered(event, { accessTokenGeneration: { claimsToAddOrOverride: { [TENANT]: own } } });
  }
  const tenant = tenantOf(providers);
  // Someone with a password whom somebody linked across tenants belongs to neither.
  const isTheirs = own === tenant || isExternal(event.userName);
  const change: ClaimChanges =
    tenant !== undefined && isTheirs
      ? { claimsToAddOrOverride: { [TENANT]: tenant } }
      : { claimsToSuppress: [TENANT] };
  const groups = groupConfiguration.groupsToOverride ?? [];
  return answered(event, {
    accessTokenGeneration: change,
    idTokenGeneration: change,
    groupOverrideDetails: { groupsToOverride: groups.filter((group) => FEDERATED_GROUPS.includes(group)) },
  });
}

function answered(
  event: PreTokenGenerationV2Event,
  claimsAndScopeOverrideDetails: ClaimsAndScopeOverrideDetails,
): PreTokenGenerationV2Event {
  return { ...event, response: { claimsAndScopeOverrideDetails } };
}

/** The one tenant that all these providers are of, or undefined. */
function tenantOf(providers: string[]): string | undefined {
  const [name = "", ...others] = new Set(providers);
  return others.length > 0 ? undefined : /^sso-([a-z0-9-]+)$/.exec(name)?.[1];
}
