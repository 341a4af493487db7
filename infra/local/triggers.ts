import type { Triggers } from "@sekisho/local-cognito";
import { handler as preTokenGeneration } from "@/infra/terraform/lambda/pre-token-generation";

/** The name under which the local pools know the trigger that Terraform deploys as a Lambda. */
export const PRE_TOKEN_GENERATION_ARN =
  "arn:aws:lambda:ap-northeast-1:000000000000:function:sekisho-pre-token-generation";

/** The handlers behind the ARNs, as `startCognito` takes them: the very code of `infra/terraform/lambda`. */
export const triggers = { [PRE_TOKEN_GENERATION_ARN]: preTokenGeneration } as Triggers;
