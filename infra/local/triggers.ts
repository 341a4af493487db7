import type { Triggers } from "@sekisho/local-cognito";
import { handler as customMessage } from "@/infra/terraform/lambda/custom-message";
import { handler as preTokenGeneration } from "@/infra/terraform/lambda/pre-token-generation";

const arnOf = (name: string) => `arn:aws:lambda:ap-northeast-1:000000000000:function:sekisho-${name}`;

/** The names under which the local pools know the triggers that Terraform deploys as Lambdas. */
export const PRE_TOKEN_GENERATION_ARN = arnOf("pre-token-generation");
export const CUSTOM_MESSAGE_ARN = arnOf("custom-message");

/** The handlers behind the ARNs, as `startCognito` takes them: the very code of `infra/terraform/lambda`. */
export const triggers = {
  [PRE_TOKEN_GENERATION_ARN]: preTokenGeneration,
  [CUSTOM_MESSAGE_ARN]: customMessage,
} as Triggers;
