/**
 * Every refusal of the local Cognito, by Cognito's exception name, in Cognito's words.
 *
 * The rules and operations decide *when*; this file is the only place that knows *what is said*. Wording:
 * AWS API reference, and where that is silent, what callers of the real service have quoted in public.
 */

/** A refusal that the caller is told about: `name` is the wire `__type`. */
export class CognitoFailure extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const reason = (name: string, message: string) => () => new CognitoFailure(name, message);
const reasonFor = (name: string, message: (about: string) => string) => (about: string) =>
  new CognitoFailure(name, message(about));

export const notAuthorized = {
  badCredentials: reason("NotAuthorizedException", "Incorrect username or password."),
  userDisabled: reason("NotAuthorizedException", "User is disabled."),
  locked: reason("NotAuthorizedException", "Password attempts exceeded"),
  temporaryPasswordExpired: reason(
    "NotAuthorizedException",
    "Temporary password has expired and must be reset by an administrator.",
  ),
  secretHashMissing: reasonFor(
    "NotAuthorizedException",
    (clientId) => `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
  ),
  secretHashWrong: reasonFor(
    "NotAuthorizedException",
    (clientId) => `Unable to verify secret hash for client ${clientId}`,
  ),
  clientSecretWrong: reason("NotAuthorizedException", "Invalid client secret"),
  sessionInvalid: reason("NotAuthorizedException", "Invalid session for the user."),
  sessionExpired: reason("NotAuthorizedException", "Invalid session for the user, session is expired."),
  sessionUsed: reason(
    "NotAuthorizedException",
    "Invalid session for the user, session can only be used once.",
  ),
  refreshTokenInvalid: reason("NotAuthorizedException", "Invalid Refresh Token"),
  refreshTokenExpired: reason("NotAuthorizedException", "Refresh Token has expired"),
  refreshTokenRevoked: reason("NotAuthorizedException", "Refresh Token has been revoked"),
  refreshTokenRotates: reason(
    "NotAuthorizedException",
    "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken",
  ),
  refreshTokenOfOtherClient: reason("NotAuthorizedException", "Refresh Token has different Client"),
  accessTokenInvalid: reason("NotAuthorizedException", "Invalid Access Token"),
  accessTokenUnsigned: reason("NotAuthorizedException", "Could not verify signature for Access Token"),
  accessTokenExpired: reason("NotAuthorizedException", "Access Token has expired"),
  accessTokenRevoked: reason("NotAuthorizedException", "Access Token has been revoked"),
  scopeMissing: reason("NotAuthorizedException", "Access Token does not have required scopes"),
  attributeNotWritable: reason(
    "NotAuthorizedException",
    "A client attempted to write unauthorized attribute",
  ),
  attributeAlreadyProvided: reasonFor(
    "NotAuthorizedException",
    (attribute) => `Cannot modify an already provided ${attribute}`,
  ),
  signUpOff: reason("NotAuthorizedException", "SignUp is not permitted for this user pool"),
  statusForbidsConfirming: reasonFor(
    "NotAuthorizedException",
    (status) => `User cannot be confirmed. Current status is ${status}`,
  ),
  statusForbidsReset: reason("NotAuthorizedException", "User password cannot be reset in the current state."),
  administratorResets: reason("NotAuthorizedException", "Contact administrator to reset password."),
};

/** Of codes that were mailed or texted, and of second factors. */
export const codeRefused = {
  mismatch: reason("CodeMismatchException", "Invalid verification code provided, please try again."),
  expired: reason("ExpiredCodeException", "Invalid code provided, please request a code again."),
  limit: reason("LimitExceededException", "Attempt limit exceeded, please try after some time."),
  sms: reason("CodeMismatchException", "Invalid code or auth state for the user."),
  softwareToken: reason("CodeMismatchException", "Invalid code received for user"),
  softwareTokenUsed: reason("ExpiredCodeException", "Your software token has already been used once."),
  softwareTokenSetUp: reason(
    "EnableSoftwareTokenMFAException",
    "Code mismatch and fail enable Software Token MFA",
  ),
};

export const softwareToken = {
  offInPool: reason(
    "SoftwareTokenMFANotFoundException",
    "Software Token MFA has not been enabled by the userPool",
  ),
  noneOfUser: reason("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user."),
};

/** A refresh token that rotation has replaced, after its grace. */
export const refreshTokenReused = reason(
  "RefreshTokenReuseException",
  "Refresh token has already been used.",
);

export const userNotFound = reason("UserNotFoundException", "User does not exist.");
export const userNotConfirmed = reason("UserNotConfirmedException", "User is not confirmed.");
export const passwordResetRequired = reason(
  "PasswordResetRequiredException",
  "Password reset required for the user",
);

export const resourceNotFound = {
  pool: reasonFor("ResourceNotFoundException", (id) => `User pool ${id} does not exist.`),
  client: reasonFor("ResourceNotFoundException", (id) => `User pool client ${id} does not exist.`),
  group: reason("ResourceNotFoundException", "Group not found."),
  resourceServer: reasonFor("ResourceNotFoundException", (id) => `Resource server ${id} does not exist.`),
};

export const alreadyExists = {
  username: reason("UsernameExistsException", "User account already exists"),
  aliasOnCreate: reasonFor(
    "UsernameExistsException",
    (alias) => `An account with the given ${alias} already exists.`,
  ),
  alias: reasonFor("AliasExistsException", (alias) => `An account with the given ${alias} already exists.`),
  group: reason("GroupExistsException", "A group with the name already exists."),
};

export const invalidParameter = (message: string) => new CognitoFailure("InvalidParameterException", message);
export const nothingVerified = reason(
  "InvalidParameterException",
  "Cannot reset password for the user as there is no registered/verified email or phone_number",
);
export const invalidPassword = (flaw: string) =>
  new CognitoFailure("InvalidPasswordException", `Password did not conform with policy: ${flaw}`);
export const unsupportedUserState = (message: string) =>
  new CognitoFailure("UnsupportedUserStateException", message);

export const revocation = {
  wrongClient: reason("UnauthorizedException", "Token was not issued to this client"),
  wrongSecret: reason("UnauthorizedException", "Invalid client secret"),
  notRefreshToken: reason("UnsupportedTokenTypeException", "Only refresh tokens can be revoked"),
  notEnabled: reason("UnsupportedOperationException", "Token revocation is not enabled for this client"),
};

export const oauthSettings = {
  flowsAndScopesMissing: reason(
    "InvalidOAuthFlowException",
    "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
  ),
  credentialsWithOtherFlow: reason(
    "InvalidOAuthFlowException",
    "client_credentials flow can not be selected along with code flow or implicit flow.",
  ),
  credentialsWithoutSecret: reason(
    "InvalidOAuthFlowException",
    "client_credentials flow can not be selected if client does not have a client secret.",
  ),
  credentialsWithUserScope: reasonFor(
    "InvalidOAuthFlowException",
    (scope) => `${scope} is not supported with client_credentials flow`,
  ),
  unknownScope: reasonFor("ScopeDoesNotExistException", (scope) => `Invalid scope requested: ${scope}`),
};

export const triggerFailed = {
  threw: (trigger: string, message: string) =>
    new CognitoFailure("UserLambdaValidationException", `${trigger} failed with error ${message}.`),
  unreachable: (trigger: string, cause: string) =>
    new CognitoFailure("UnexpectedLambdaException", `${trigger} invocation failed due to error ${cause}.`),
  badResponse: reason("InvalidLambdaResponseException", "Unrecognizable lambda output"),
};

export const protocol = {
  unknownOperation: () => new CognitoFailure("UnknownOperationException", ""),
  unsigned: reason("MissingAuthenticationTokenException", "Missing Authentication Token"),
  serialization: (message: string) => new CognitoFailure("SerializationException", message),
  tooLarge: () => new CognitoFailure("RequestEntityTooLargeException", "Request entity too large", 413),
  foreignHost: () => new CognitoFailure("AccessDeniedException", "Only loopback hosts are served here.", 403),
  notFound: () => new CognitoFailure("ResourceNotFoundException", "There is nothing here.", 404),
  throttled: reason("TooManyRequestsException", "Rate exceeded"),
  internal: () => new CognitoFailure("InternalErrorException", "Internal error", 500),
};

/** A setting that real Cognito has and this one would silently not honour: refused instead of accepted. */
export const notHere = (what: string) => invalidParameter(`The local Cognito does not support ${what}.`);
