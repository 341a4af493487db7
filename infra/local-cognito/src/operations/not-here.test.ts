import type { CreateUserPoolCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, describe, expect, it } from "vitest";
import { newBench } from "../contract/bench";
import { invalidParameter } from "../contract/refusal";
import { startTestCognito } from "../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { sdk, pool: UserPoolId, client, newPool, signedIn } = await newBench(cognito);

describe("what the local Cognito does not have", () => {
  it("is refused in a pool's settings, also what this SDK would not send: a trigger of tomorrow", async () => {
    const LambdaConfig = { PostDeletion: "arn:aws:lambda:ap-northeast-1:000000000000:function:x" };
    const response = await fetch(cognito.url, {
      method: "POST",
      headers: {
        "x-amz-target": "AWSCognitoIdentityProviderService.CreateUserPool",
        authorization: "AWS4-HMAC-SHA256 Credential=local",
      },
      body: JSON.stringify({ PoolName: "tomorrow", LambdaConfig }),
    });
    expect(await response.json()).toEqual({
      __type: "InvalidParameterException",
      message: "The local Cognito does not support the trigger PostDeletion.",
    });
  });

  const ACR = { Level1: { Name: "urn:acme:one" } };
  it.each<[string, Partial<CreateUserPoolCommandInput>]>([
    ["keys of one's own", { KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY" } }],
    ["the updated issuer", { IssuerConfiguration: { Type: "UPDATED" } }],
    ["names of authentication context classes", { AcrConfiguration: ACR } as object],
    ["dynamic client registration", { DcrConfiguration: {} }],
    ["dynamic client registration", { DcrConfiguration: { EnableStatus: "Enabled" } }],
  ])("is refused in a pool's settings: %s", async (what, settings) => {
    await invalidParameter(newPool(settings), `The local Cognito does not support ${what}.`);
    const update = sdk.updateUserPool({ UserPoolId, ...settings });
    await invalidParameter(update, `The local Cognito does not support ${what}.`);
  });

  it("may be said where it says what is so anyway, and is told again", async () => {
    const usual = {
      KeyConfiguration: { KeyType: "AWS_OWNED_KEY" },
      IssuerConfiguration: { Type: "ORIGINAL" },
      AcrConfiguration: {},
      DcrConfiguration: { EnableStatus: "Disabled" },
    } as const;
    const { UserPool } = await sdk.describeUserPool({ UserPoolId: await newPool(usual) });
    expect(UserPool).toMatchObject(usual);
    await sdk.setUserMFAPreference({
      AccessToken: (await signedIn()).AccessToken,
      WebAuthnMfaSettings: { Enabled: false },
    });
  });

  it("is refused wherever else it would be ignored", async () => {
    const { AccessToken, RefreshToken, email: Username } = await signedIn();
    const passkey = { WebAuthnMfaSettings: { Enabled: true } };
    const provider = { UserPoolId, ProviderName: "Okta", ProviderType: "OIDC", ProviderDetails: {} } as const;
    const AcrMapping = { Level1: "one" };
    const Routing = { Failover: { SecondaryRegion: "eu-west-1" } } as object;
    for (const attempt of [
      () => sdk.setUserMFAPreference({ AccessToken, ...passkey }),
      () => sdk.adminSetUserMFAPreference({ UserPoolId, Username, ...passkey }),
      () => sdk.createIdentityProvider({ ...provider, AcrMapping }),
      () => sdk.updateIdentityProvider({ UserPoolId, ProviderName: "Okta", AcrMapping }),
      () => sdk.createUserPoolDomain({ UserPoolId, Domain: "not-here", Routing }),
      () => sdk.updateUserPoolDomain({ UserPoolId, Domain: "not-here", Routing }),
      () => sdk.revokeToken({ ClientId: client.id, Token: RefreshToken, RevokeAssociatedSessions: "LINKED" }),
    ])
      await invalidParameter(attempt(), /^The local Cognito does not support /);
    await sdk.revokeToken({ ClientId: client.id, Token: RefreshToken, RevokeAssociatedSessions: "NONE" });
  });

  it.each(["IDPInit", "IDPSignout", "EncryptedResponses", "RequestSigningAlgorithm"])(
    "is refused of SAML providers: %s",
    async (name) => {
      const ProviderDetails = { MetadataURL: "https://idp.example/metadata", [name]: "true" };
      const attempt = sdk.createIdentityProvider({
        UserPoolId,
        ProviderName: "Corp",
        ProviderType: "SAML",
        ProviderDetails,
      });
      await invalidParameter(attempt, `The local Cognito does not support ${name} of SAML providers.`);
    },
  );
});
