import { DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { callCognito } from "./client";

/** What a pool says that says nothing. */
const DEFAULT_DAYS = 7;

/** For how many days the password of an invitation works. @throws AppError `cognito_unavailable`. */
export async function temporaryPasswordDays(): Promise<number> {
  const command = new DescribeUserPoolCommand({ UserPoolId: env().COGNITO_USER_POOL_ID });
  const { UserPool } = await callCognito((client, options) => client.send(command, options));
  return UserPool?.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? DEFAULT_DAYS;
}
