import type { IncomingHttpHeaders } from "node:http";
import { protocol } from "../model/failures";
import { deviceOperations } from "../operations/account/devices";
import { mfaSettingsOperations } from "../operations/account/mfa-settings";
import { ownAccountOperations } from "../operations/account/own-account";
import { passkeyOperations } from "../operations/account/passkeys";
import { recoveryOperations } from "../operations/account/recovery";
import { sessionOperations } from "../operations/account/sessions";
import { signUpOperations } from "../operations/account/sign-up";
import { softwareTokenOperations } from "../operations/account/software-token";
import { verificationOperations } from "../operations/account/verification";
import type { Operation } from "../operations/operation";
import { brandingOperations } from "../operations/pools/branding";
import { clientSecretOperations } from "../operations/pools/client-secrets";
import { clientOperations } from "../operations/pools/clients";
import { domainOperations } from "../operations/pools/domains";
import { groupOperations } from "../operations/pools/groups";
import { identityProviderOperations } from "../operations/pools/identity-providers";
import { logDeliveryOperations } from "../operations/pools/log-delivery";
import { poolOperations } from "../operations/pools/pools";
import { resourceServerOperations } from "../operations/pools/resource-servers";
import { riskOperations } from "../operations/pools/risk";
import { sessionConfigurationOperations } from "../operations/pools/session-configuration";
import { tagOperations } from "../operations/pools/tags";
import { termsOperations } from "../operations/pools/terms";
import { uiCustomizationOperations } from "../operations/pools/ui-customization";
import { challengeOperations } from "../operations/sign-in/challenge";
import { clientTokenOperations } from "../operations/sign-in/client-token";
import { refreshingOperations } from "../operations/sign-in/refreshing";
import { signInOperations } from "../operations/sign-in/sign-in";
import { signOutOperations } from "../operations/sign-in/sign-out";
import { importJobOperations } from "../operations/users/import-jobs";
import { linkOperations } from "../operations/users/links";
import { membershipOperations } from "../operations/users/memberships";
import { userChangeOperations } from "../operations/users/user-changes";
import { userCreationOperations } from "../operations/users/user-creation";
import { userOperations } from "../operations/users/users";
import type { Cognito } from "../store/cognito";
import { isOwnOrigin } from "./cross-origin";
import { DECRYPT, decrypt } from "./kms";
import { leftOut } from "./operations-left";
import type { Call } from "./reply";

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
    ...passkeyOperations,
    ...recoveryOperations,
    ...refreshingOperations,
    ...ownAccountOperations,
    ...verificationOperations,
    ...signUpOperations,
    ...domainOperations,
    ...resourceServerOperations,
    ...uiCustomizationOperations,
    ...tagOperations,
    ...brandingOperations,
    ...clientTokenOperations,
    ...deviceOperations,
    ...clientSecretOperations,
    ...logDeliveryOperations,
    ...riskOperations,
    ...sessionConfigurationOperations,
    ...sessionOperations,
    ...termsOperations,
    ...importJobOperations,
    ...identityProviderOperations,
    ...linkOperations,
  }),
);

const TARGET = "AWSCognitoIdentityProviderService.";

/** The name of the operation that is asked for, whether there is one of that name or not. */
export function operationOf(headers: IncomingHttpHeaders): string | undefined {
  const target = String(headers["x-amz-target"] ?? "");
  return target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
}

/** An operation that this Cognito has; undefined for every other name. */
export function operationNamed(name: string): Operation | undefined {
  return operations.get(name);
}

/**
 * Carries out one call of AWS JSON 1.1.
 * @throws CognitoFailure: UnknownOperationException, AccessDeniedException, SerializationException, or what the operation refuses.
 */
export async function dispatch(cognito: Cognito, call: Call): Promise<object> {
  const { headers, body } = call;
  const name = operationOf(headers) ?? "";
  const operation = headers["x-amz-target"] === DECRYPT ? decrypt : operationNamed(name);
  const about = leftOut(name);
  if (about) throw protocol.leftOut(name, about);
  if (!operation) throw protocol.unknownOperation();
  // Since signatures are not checked, a page on the internet would be as good as the developer.
  if (operation.signed && !isOwnOrigin(call)) throw protocol.foreignPage();
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
