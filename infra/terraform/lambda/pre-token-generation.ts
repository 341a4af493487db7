/**
 * Cognito's pre-token-generation trigger, event version V2_0: puts the user's tenant on the access token.
 *
 * Cognito itself puts custom attributes on the ID token only, so an API that is called with access tokens (as
 * it should be) would not know the tenant. The value comes from the user's own attribute, which no client of
 * the pool may write. A user without a tenant gets no claim: whoever reads the token must refuse, not guess.
 *
 * Runs on AWS Lambda (bundled, without dependencies) and, unchanged, inside the local Cognito.
 */

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
  accessTokenGeneration?: { claimsToAddOrOverride?: Record<string, string> };
}

const TENANT = "custom:tenant_id";

export async function handler(event: PreTokenGenerationV2Event): Promise<PreTokenGenerationV2Event> {
  const tenant = event.request.userAttributes[TENANT];
  if (!tenant) return event;
  return {
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { [TENANT]: tenant } },
      },
    },
  };
}
