import {
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
} from "@aws-sdk/client-cognito-identity-provider";
import { calling } from "../calling";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";

const CONNECT_MS = 2_000;
const TOTAL_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;
/** How far Cognito's clock may be from ours; a token that was issued later than that is refused anyway. */
const MAX_SKEW_SECONDS = 60;

let client: CognitoIdentityProviderClient | undefined;

/** The SDK's standard retry mode: at most two more tries, jittered, and only for throttling and passing faults. */
function cognito(): CognitoIdentityProviderClient {
  const { AWS_REGION, COGNITO_ENDPOINT } = env();
  if (client) return client;
  client = new CognitoIdentityProviderClient({
    region: AWS_REGION,
    ...(COGNITO_ENDPOINT && { endpoint: COGNITO_ENDPOINT }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: TOTAL_MS },
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const ms = Date.parse(headers?.date ?? "");
      if (!Number.isNaN(ms) && result.output) times.set(result.output, Math.floor(ms / 1_000));
      return result;
    },
    { name: "noteTime", step: "deserialize", priority: "high" },
  );
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) =>
        calling(
          "cognito",
          () => commandName.replace(/Command$/, ""),
          () => next(args),
        ),
    // Around the tries that one call is made of.
    { name: "measure", step: "initialize" },
  );
  return client;
}

/** When Cognito answered, by its own clock. */
const times = new WeakMap<object, number>();

/**
 * The second (since the epoch) at which Cognito gave this answer, by Cognito's clock: its tokens say times of that
 * clock, and ours may be another one. An answer that does not say it (RFC 9110 section 6.6.1 demands it) counts as late
 * as the clocks may be apart, so that nothing which was meant to end goes on.
 */
export function answeredAt(output: object): number {
  return times.get(output) ?? latestNow();
}

/** The latest that it may be for Cognito. */
export function latestNow(): number {
  return Math.floor(Date.now() / 1_000) + MAX_SKEW_SECONDS;
}

/** What Cognito answers when a caller, and not Cognito, is at fault: the names a flow may decide on. */
const CALLERS_FAULT = new Set([
  "NotAuthorizedException",
  "UserNotFoundException",
  "UsernameExistsException",
  "UnsupportedUserStateException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
  "InvalidPasswordException",
  "InvalidParameterException",
  "PasswordHistoryPolicyViolationException",
  "CodeMismatchException",
  "ExpiredCodeException",
  "UnsupportedTokenTypeException",
  "RefreshTokenReuseException",
  "EnableSoftwareTokenMFAException",
  "SoftwareTokenMFANotFoundException",
  "LimitExceededException",
  "TooManyFailedAttemptsException",
  // Of passkeys.
  "FeatureUnavailableInTierException",
  "WebAuthnChallengeNotFoundException",
  "WebAuthnClientMismatchException",
  "WebAuthnConfigurationMissingException",
  "WebAuthnCredentialNotSupportedException",
  "WebAuthnNotEnabledException",
  "WebAuthnOriginNotAllowedException",
  "WebAuthnRelyingPartyMismatchException",
]);

/**
 * Runs one call to Cognito within TOTAL_MS, retries included.
 *
 * A refusal that concerns the caller is rethrown as the SDK's exception, for the flow to translate. Throttling,
 * time-outs, 5xx, no network, missing IAM rights: AppError `cognito_unavailable` (503), never a refusal.
 *
 * @param further refusals that this one call can be answered with, and that mean something else anywhere else.
 */
export async function callCognito<Output>(
  call: (client: CognitoIdentityProviderClient, options: { abortSignal: AbortSignal }) => Promise<Output>,
  ...further: string[]
): Promise<Output> {
  try {
    return await call(cognito(), { abortSignal: AbortSignal.timeout(TOTAL_MS) });
  } catch (error) {
    if (isRefusal(error) || (further.length > 0 && isRefusal(error, ...further))) throw error;
    log("error", "cognito.call_failed", { error });
    throw new AppError("cognito_unavailable", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
  }
}

/** Whether `error` is one of Cognito's refusals; with `name`, that very one. */
export function isRefusal(
  error: unknown,
  ...names: string[]
): error is CognitoIdentityProviderServiceException {
  return (
    error instanceof CognitoIdentityProviderServiceException &&
    (names.length === 0 ? CALLERS_FAULT.has(error.name) : names.includes(error.name))
  );
}
