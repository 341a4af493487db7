import { describe, expect, it } from "vitest";
import { handler, type PreTokenGenerationV2Event } from "./pre-token-generation";

/** As AWS sends it (developer guide, "Pre token generation trigger event version two"). */
function eventFor(userAttributes: Record<string, string>): PreTokenGenerationV2Event {
  return {
    version: "2",
    triggerSource: "TokenGeneration_Authentication",
    region: "ap-northeast-1",
    userPoolId: "ap-northeast-1_EXAMPLE",
    userName: "0b3c1a52-0000-4000-8000-000000000001",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1example23456789" },
    request: {
      userAttributes: {
        sub: "0b3c1a52-0000-4000-8000-000000000001",
        "cognito:user_status": "CONFIRMED",
        email_verified: "true",
        email: "bob@acme.example",
        ...userAttributes,
      },
      groupConfiguration: { groupsToOverride: ["admin"], iamRolesToOverride: [], preferredRole: null },
      scopes: ["aws.cognito.signin.user.admin"],
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
}

describe("the pre-token-generation trigger", () => {
  it("puts the tenant on the access token, and nothing else anywhere", async () => {
    const event = eventFor({ "custom:tenant_id": "acme" });
    const { response, ...rest } = await handler(event);
    expect(response).toEqual({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { "custom:tenant_id": "acme" } },
      },
    });
    const { response: _, ...sent } = event;
    expect(rest).toEqual(sent);
  });

  it.each([[{}], [{ "custom:tenant_id": "" }]])(
    "gives a user without a tenant no claim",
    async (attributes) => {
      const event = eventFor(attributes as Record<string, string>);
      expect(await handler(event)).toEqual(event);
    },
  );
});
