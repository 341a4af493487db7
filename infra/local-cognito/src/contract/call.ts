import * as aws from "@aws-sdk/client-cognito-identity-provider";
import type { Target } from "./target";

type Command = Parameters<aws.CognitoIdentityProviderClient["send"]>[0];
const commands = aws as unknown as Record<string, (new (input: object) => Command) | undefined>;

/** Every operation that the SDK knows. */
export const operations = Object.keys(aws)
  .filter((name) => name.endsWith("Command") && name !== "$Command")
  .map((name) => name.replace(/Command$/, ""))
  .sort();

/** An operation by its name, signed and serialised by the SDK. */
export async function call({ sdk }: Pick<Target, "sdk">, operation: string, input: object): Promise<unknown> {
  const Operation = commands[`${operation}Command`];
  if (!Operation) throw new Error(`The SDK has no ${operation}.`);
  return await sdk.send(new Operation(input));
}
