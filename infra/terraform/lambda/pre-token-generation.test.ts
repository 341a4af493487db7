import { describe, expect, it } from "vitest";
import { GIVEN_ROLES } from "../../../lib/roles";
import { FEDERATED_GROUPS, handler, type PreTokenGenerationV2Event } from "./pre-token-generation";

/** As AWS sends it (developer guide, "Pre token generation trigger event version two"). */
function eventFor(
  userAttributes: Record<string, string>,
  {
    userName = "0b3c1a52-0000-4000-8000-000000000001",
    groups = ["admin"],
  }: { userName?: string; groups?: string[] } = {},
): PreTokenGenerationV2Event {
  return {
    version: "2",
    triggerSource: "TokenGeneration_Authentication",
    region: "ap-northeast-1",
    userPoolId: "ap-northeast-1_EXAMPLE",
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1example23456789" },
    request: {
      userAttributes: {
        sub: "0b3c1a52-0000-4000-8000-000000000001",
        "cognito:user_status": "CONFIRMED",
        email_verified: "true",
        email: "bob@acme.example",
        ...userAttributes,
      },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
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

/** As Cognito writes them (developer guide, "Linking federated users to an existing user profile"). */
const identitiesOf = (...providerNames: string[]) =>
  JSON.stringify(
    providerNames.map((providerName) => ({
      userId: "ann",
      providerName,
      providerType: "OIDC",
      issuer: null,
      primary: false,
      dateCreated: 1_795_219_200_000,
    })),
  );

/** The tenant on both tokens; undefined where it is taken off both. */
async function tenantOf(event: PreTokenGenerationV2Event): Promise<string | undefined> {
  const { claimsAndScopeOverrideDetails: details } = (await handler(event)).response;
  expect(details?.idTokenGeneration).toEqual(details?.accessTokenGeneration);
  const { claimsToAddOrOverride, claimsToSuppress } = details?.accessTokenGeneration ?? {};
  if (!claimsToAddOrOverride) expect(claimsToSuppress).toEqual(["custom:tenant_id"]);
  return claimsToAddOrOverride?.["custom:tenant_id"];
}

describe("the pre-token-generation trigger, of whoever comes by a tenant's single sign-on", () => {
  const external = { userName: "sso-acme_ann" };

  it.each([
    ["says nothing of a tenant", {}],
    ["names another tenant", { "custom:tenant_id": "globex" }],
    ["names its own", { "custom:tenant_id": "acme" }],
    ["is not in the list of identities", { identities: "[]", "custom:tenant_id": "globex" }],
  ])("takes the tenant from the provider's name where the user's profile %s", async (_, attributes) => {
    const told = { identities: identitiesOf("sso-acme"), ...attributes };
    expect(await tenantOf(eventFor(told as Record<string, string>, external))).toBe("acme");
  });

  it("reads a name that has an underscore after the first one", async () => {
    expect(await tenantOf(eventFor({}, { userName: "sso-acme_sso-globex_ann" }))).toBe("acme");
  });

  it("gives a password user whom it is linked to the tenant only where that is their own", async () => {
    const linked = { identities: identitiesOf("sso-acme") };
    expect(await tenantOf(eventFor({ ...linked, "custom:tenant_id": "acme" }))).toBe("acme");
    expect(await tenantOf(eventFor({ ...linked, "custom:tenant_id": "globex" }))).toBeUndefined();
    expect(await tenantOf(eventFor(linked))).toBeUndefined();
  });

  it("gives nobody a tenant who may come by the providers of two", async () => {
    const both = { identities: identitiesOf("sso-acme", "sso-globex"), "custom:tenant_id": "acme" };
    expect(await tenantOf(eventFor(both))).toBeUndefined();
    const other = { identities: identitiesOf("sso-globex") };
    expect(await tenantOf(eventFor(other, external))).toBeUndefined();
  });

  it("does not mind further identities of providers that are no tenant's", async () => {
    const more = { identities: identitiesOf("Google", "sso-acme", "sso-acme"), "custom:tenant_id": "acme" };
    expect(await tenantOf(eventFor(more))).toBe("acme");
  });

  it("leaves whoever comes by a provider that is no tenant's to their own attribute", async () => {
    const event = eventFor({ identities: identitiesOf("Google") }, { userName: "Google_1" });
    expect(await handler(event)).toEqual(event);
  });

  it.each([["SSO-acme"], ["sso-ACME"], ["sso-"], ["sso-acme globex"]])(
    "gives no tenant for a provider called %s",
    async (name) => {
      const told = { identities: identitiesOf(name), "custom:tenant_id": "acme" };
      expect(await tenantOf(eventFor(told))).toBeUndefined();
      // A pool that does not heed the case of names folds the user's.
      expect(await tenantOf(eventFor(told, external))).toBeUndefined();
    },
  );

  it.each([["[{"], [""], ["{}"], ["null"], ['"sso-acme"'], ["[null]"], ["[{}]"]])(
    "gives no tenant where the identities are %s",
    async (identities) => {
      const told = { identities, "custom:tenant_id": "acme" };
      expect(await tenantOf(eventFor(told))).toBeUndefined();
      expect(await tenantOf(eventFor(told, external))).toBeUndefined();
    },
  );

  it("leaves them the groups that a tenant gives, and none that is Cognito's or the platform's own", async () => {
    const groups = ["operator", "admin", "ap-northeast-1_EXAMPLE_sso-acme"];
    const { response } = await handler(eventFor({}, { ...external, groups }));
    expect(response.claimsAndScopeOverrideDetails?.groupOverrideDetails).toEqual({
      groupsToOverride: ["admin"],
    });
    expect(FEDERATED_GROUPS.toSorted()).toEqual(GIVEN_ROLES.toSorted());
  });
});
