import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { newBench, openForFile } from "./bench";
import { basic, post } from "./hosted";
import { createClient, given } from "./pool";
import { invalidParameter, notAuthorized, refused } from "./refusal";
import type { TriggerEvent } from "./target";

const ARN = "arn:aws:lambda:ap-northeast-1:000000000000:function:claims";
const events: TriggerEvent[] = [];
const accessTokenGeneration = {
  claimsToAddOrOverride: { tier: "gold", sub: "somebody" },
  scopesToAdd: ["orders/all"],
  scopesToSuppress: ["items/read"],
};
const target = await openForFile({
  [ARN]: (event: TriggerEvent) => {
    events.push(event);
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
  },
});
const { sdk } = target;
type Version = "V2_0" | "V3_0";
const config = (LambdaVersion: Version) => ({
  LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: ARN } },
});

/** A pool with scopes, and two clients of them: one of the API's flow and one of the token endpoint. */
async function openPool(version?: Version) {
  const bench = await newBench(target, {}, version ? config(version) : {});
  const UserPoolId = bench.pool;
  const Scopes = ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  await sdk.createResourceServer({ UserPoolId, Identifier: "items", Name: "Items", Scopes });
  const AllowedOAuthScopes = ["items/read", "items/write"];
  const oauth = { AllowedOAuthFlows: ["client_credentials" as const], AllowedOAuthFlowsUserPoolClient: true };
  const made = (more: object) =>
    createClient(target, UserPoolId, { GenerateSecret: true, ...oauth, AllowedOAuthScopes, ...more });
  const api = await made({ ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH"] });
  return { ...bench, UserPoolId, api, endpoint: await made({}) };
}
const plain = await openPool();
const ask = ({ id: ClientId, secret: Secret }: { id: string; secret: string }, Scopes?: string[]) =>
  sdk.getClientToken({ ClientId, Secret, Scopes });
const claimsOf = async (asked: ReturnType<typeof ask>) =>
  decodeJwt(given((await asked).ClientAuthenticationResult?.AccessToken));
const byEndpoint = async (
  { id, secret }: { id: string; secret: string },
  more: Record<string, string> = {},
) => {
  const form = { grant_type: "client_credentials", ...more };
  const { body } = await post({ url: target.endpoint }, "/oauth2/token", form, basic(id, secret));
  return decodeJwt(String(body.access_token));
};

describe("GetClientToken", () => {
  it("gives a client a token of its own, with the scopes that it asks for or may have", async () => {
    const all = await claimsOf(ask(plain.api));
    expect(all).toMatchObject({
      client_id: plain.api.id,
      sub: plain.api.id,
      token_use: "access",
      scope: "items/read items/write",
    });
    expect((await claimsOf(ask(plain.api, ["items/read"]))).scope).toBe("items/read");
    const { ClientAuthenticationResult } = await ask(plain.api);
    expect(ClientAuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: "Bearer" });
  });

  it("is refused with a wrong secret, another scope, and to clients of other flows", async () => {
    await notAuthorized(ask({ ...plain.api, secret: "x".repeat(52) }));
    await invalidParameter(ask(plain.api, ["items/delete"]));
    await invalidParameter(ask(plain.endpoint), /not enabled/);
  });

  it("is a flow beside no other", async () => {
    // The SDK's own types do not have the flow yet.
    const both: object = { ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] };
    await invalidParameter(plain.newClient(both));
  });
});

describe("a pre token generation trigger of version V3_0", () => {
  it("changes what is in a client's own token, by both ways, but not whose it is", async () => {
    const { api, endpoint, UserPoolId } = await openPool("V3_0");
    events.length = 0;
    const claims = [
      await claimsOf(ask(api)),
      await byEndpoint(endpoint, { aws_client_metadata: '{"from":"test"}' }),
    ];
    for (const each of claims) expect(each).toMatchObject({ tier: "gold", scope: "items/write orders/all" });
    expect(claims.map(({ sub }) => sub)).toEqual([api.id, endpoint.id]);
    expect(events[1]).toMatchObject({
      version: "3",
      triggerSource: "TokenGeneration_ClientCredentials",
      userPoolId: UserPoolId,
      request: { scopes: ["items/read", "items/write"], clientMetadata: { from: "test" } },
    });
  });

  it("serves users as V2_0 does, which does not run for clients", async () => {
    const { enter, newUser } = await openPool("V3_0");
    const { email } = await newUser();
    const { AuthenticationResult } = await enter(email);
    expect(decodeJwt(given(AuthenticationResult?.AccessToken)).tier).toBe("gold");
    const second = await openPool("V2_0");
    expect((await byEndpoint(second.endpoint)).tier).toBeUndefined();
  });

  it("is not for the feature plan LITE, nor is V2_0", async () => {
    for (const version of ["V2_0", "V3_0"] as const) {
      const lite = plain.newPool({ ...config(version), UserPoolTier: "LITE" });
      await refused(lite, "FeatureUnavailableInTierException");
    }
  });
});
