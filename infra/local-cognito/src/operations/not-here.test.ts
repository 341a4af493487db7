import { afterAll, describe, expect, it } from "vitest";
import { newBench } from "../contract/bench";
import { invalidParameter } from "../contract/refusal";
import { startTestCognito } from "../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { sdk, pool: UserPoolId } = await newBench(cognito);

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
