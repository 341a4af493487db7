import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, describe, it } from "vitest";
import { newBench } from "../contract/bench";
import { invalidParameter } from "../contract/refusal";
import { startTestCognito } from "../testing/cognito";

const cognito = await startTestCognito();
afterAll(cognito.stop);
const { sdk, pool: UserPoolId, newPool } = await newBench(cognito);

describe("what the local Cognito does not have", () => {
  const LambdaArn = "arn:aws:lambda:ap-northeast-1:000000000000:function:x";
  it.each<[string, LambdaConfigType]>([
    ["the trigger InboundFederation", { InboundFederation: { LambdaVersion: "V1_0", LambdaArn } }],
  ])("is refused in a pool's settings: %s", async (what, LambdaConfig) => {
    const words = `The local Cognito does not support ${what}.`;
    await invalidParameter(newPool({ LambdaConfig }), words);
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
