import type { IncomingHttpHeaders } from "node:http";
import type { Cognito } from "../cognito";
import { protocol } from "../failures";
import { challengeOperations } from "../operations/challenge";
import { clientOperations } from "../operations/clients";
import { domainOperations } from "../operations/domains";
import { groupOperations } from "../operations/groups";
import { membershipOperations } from "../operations/memberships";
import { mfaSettingsOperations } from "../operations/mfa-settings";
import { ownAccountOperations } from "../operations/own-account";
import { poolOperations } from "../operations/pools";
import { recoveryOperations } from "../operations/recovery";
import { refreshingOperations } from "../operations/refreshing";
import { resourceServerOperations } from "../operations/resource-servers";
import { signInOperations } from "../operations/sign-in";
import { signOutOperations } from "../operations/sign-out";
import { signUpOperations } from "../operations/sign-up";
import { softwareTokenOperations } from "../operations/software-token";
import { tagOperations } from "../operations/tags";
import { uiCustomizationOperations } from "../operations/ui-customization";
import { userChangeOperations } from "../operations/user-changes";
import { userCreationOperations } from "../operations/user-creation";
import { userOperations } from "../operations/users";
import { verificationOperations } from "../operations/verification";
import type { Operation } from "./operation";

const operations = new Map<string, Operation>(
  Object.entries({
    ...poolOperations,
    ...clientOperations,
    ...groupOperations,
    ...userOperations,
    ...userCreationOperations,
    ...userChangeOperations,
    ...membershipOperations,
    ...signInOperations,
    ...challengeOperations,
    ...signOutOperations,
    ...mfaSettingsOperations,
    ...softwareTokenOperations,
    ...recoveryOperations,
    ...refreshingOperations,
    ...ownAccountOperations,
    ...verificationOperations,
    ...signUpOperations,
    ...domainOperations,
    ...resourceServerOperations,
    ...uiCustomizationOperations,
    ...tagOperations,
  }),
);

const TARGET = "AWSCognitoIdentityProviderService.";

/** The name of the operation that is asked for, whether there is one of that name or not. */
export function operationOf(headers: IncomingHttpHeaders): string | undefined {
  const target = String(headers["x-amz-target"] ?? "");
  return target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
}

/**
 * Carries out one call of AWS JSON 1.1.
 * @throws CognitoFailure: UnknownOperationException, SerializationException, or what the operation refuses.
 */
export async function dispatch(
  cognito: Cognito,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<object> {
  const operation = operations.get(operationOf(headers) ?? "");
  if (!operation) throw protocol.unknownOperation();
  // Who signed is not checked (there are no IAM users here), but a call without credentials fails as on AWS.
  if (operation.signed && !headers.authorization?.startsWith("AWS4-HMAC-SHA256 ")) throw protocol.unsigned();
  return await operation.run(cognito, parseJson(body));
}

function parseJson(body: Buffer): unknown {
  let value: unknown;
  try {
    value = body.length === 0 ? {} : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw protocol.serialization("The request is not valid JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw protocol.serialization("Unexpected token at the start of the document");
  }
  return value;
}
