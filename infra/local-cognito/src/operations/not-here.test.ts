import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createClient, createPool } from "../contract/pool";
import { refused } from "../contract/refusal";
import { startTestCognito, type TestCognito } from "../testing/cognito";

let cognito: TestCognito;
beforeAll(async () => {
  cognito = await startTestCognito();
});
afterAll(() => cognito.stop());

describe("what the local Cognito does not have", () => {
  const LambdaArn = "arn:aws:lambda:ap-northeast-1:000000000000:function:x";
  it.each<[string, LambdaConfigType]>([
    ["the trigger UserMigration", { UserMigration: LambdaArn }],
    ["pre token generation V3_0", { PreTokenGenerationConfig: { LambdaVersion: "V3_0", LambdaArn } }],
  ])("is refused in a pool's settings: %s", async (what, LambdaConfig) => {
    const words = `The local Cognito does not support ${what}.`;
    await refused(createPool(cognito, { LambdaConfig }), "InvalidParameterException", words);
  });

  it("is refused as a second factor: EmailMfaConfiguration", async () => {
    const UserPoolId = await createPool(cognito);
    const config = { UserPoolId, MfaConfiguration: "ON" as const, EmailMfaConfiguration: {} };
    const words = "The local Cognito does not support EmailMfaConfiguration.";
    const attempt = cognito.sdk.setUserPoolMfaConfig(config);
    await refused(attempt, "InvalidParameterException", words);
  });

  it("is refused as a flow: USER_SRP_AUTH", async () => {
    const { id: ClientId } = await createClient(cognito, await createPool(cognito));
    const AuthParameters = { USERNAME: "bob@acme.example", SRP_A: "1" };

    const words = "The local Cognito does not support the auth flow USER_SRP_AUTH.";
    await refused(
      cognito.sdk.initiateAuth({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters }),
      "InvalidParameterException",
      words,
    );
  });
});
