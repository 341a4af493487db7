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

type Words = string | ((about: string) => string);
type Refusals<W> = { [K in keyof W]: (...about: W[K] extends string ? [] : [string]) => CognitoFailure };

/** The refusals of one exception, by what each of them says. */
function refusals<W extends Record<string, Words>>(name: string, words: W): Refusals<W> {
  const made = Object.entries(words).map(([key, said]) => [
    key,
    (about = "") => new CognitoFailure(name, typeof said === "string" ? said : said(about)),
  ]);
  return Object.fromEntries(made) as Refusals<W>;
}

export const notAuthorized = refusals("NotAuthorizedException", {
  badCredentials: "Incorrect username or password.",
  userDisabled: "User is disabled.",
  locked: "Password attempts exceeded",
  temporaryPasswordExpired: "Temporary password has expired and must be reset by an administrator.",
  secretHashMissing: (clientId: string) =>
    `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
  secretHashWrong: (clientId: string) => `Unable to verify secret hash for client ${clientId}`,
  clientSecretWrong: "Invalid client secret",
  sessionInvalid: "Invalid session for the user.",
  sessionExpired: "Invalid session for the user, session is expired.",
  sessionUsed: "Invalid session for the user, session can only be used once.",
  refreshTokenInvalid: "Invalid Refresh Token",
  refreshTokenExpired: "Refresh Token has expired",
  refreshTokenRevoked: "Refresh Token has been revoked",
  refreshTokenRotates: "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken",
  refreshTokenOfOtherClient: "Refresh Token has different Client",
  accessTokenInvalid: "Invalid Access Token",
  accessTokenUnsigned: "Could not verify signature for Access Token",
  accessTokenExpired: "Access Token has expired",
  accessTokenRevoked: "Access Token has been revoked",
  scopeMissing: "Access Token does not have required scopes",
  attributeNotWritable: "A client attempted to write unauthorized attribute",
  attributeAlreadyProvided: (attribute: string) => `Cannot modify an already provided ${attribute}`,
  signUpOff: "SignUp is not permitted for this user pool",
  statusForbidsConfirming: (status: string) => `User cannot be confirmed. Current status is ${status}`,
  statusForbidsReset: "User password cannot be reset in the current state.",
  administratorResets: "Contact administrator to reset password.",
  securityReasons: "Unable to login because of security reasons.",
});

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

/** Of passkeys. */
export const webAuthn = {
  notEnabled: reason("WebAuthnNotEnabledException", "WebAuthn is not enabled for this user pool."),
  notConfigured: reason(
    "WebAuthnConfigurationMissingException",
    "The user pool has no relying party: set RelyingPartyId, or give it a domain.",
  ),
  noChallenge: reason("WebAuthnChallengeNotFoundException", "The challenge was not found or has expired."),
  otherClient: reason("WebAuthnClientMismatchException", "The registration was started by another client."),
  otherParty: reason("WebAuthnRelyingPartyMismatchException", "The credential is of another relying party."),
  origin: reasonFor("WebAuthnOriginNotAllowedException", (origin) => `Origin ${origin} is not allowed.`),
  unsupported: reason("WebAuthnCredentialNotSupportedException", "The credential is not supported."),
  tooMany: reason("LimitExceededException", "A user can have 20 passkeys."),
  noSuch: reason("ResourceNotFoundException", "The credential does not exist."),
};
/** Of what a pool's feature plan lacks. */
export const notInTier = reasonFor(
  "FeatureUnavailableInTierException",
  (feature) => `${feature} is not available in the feature plan of this user pool.`,
);

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
  clientSecret: reason("ResourceNotFoundException", "Client secret not found."),
  session: reason("ResourceNotFoundException", "Session not found."),
  terms: reason("ResourceNotFoundException", "Terms not found."),
  branding: reason("ResourceNotFoundException", "Managed login branding does not exist."),
  softwareToken: reason("ResourceNotFoundException", "Software token not found."),
  importJob: reason("ResourceNotFoundException", "User import job not found."),
  device: reason("ResourceNotFoundException", "Device does not exist."),
  provider: reasonFor("ResourceNotFoundException", (name) => `Identity provider ${name} does not exist.`),
  resourceServer: reasonFor("ResourceNotFoundException", (id) => `Resource server ${id} does not exist.`),
};

export const alreadyExists = {
  username: reason("UsernameExistsException", "User account already exists"),
  atSignUp: reason("UsernameExistsException", "User already exists"),
  aliasOnCreate: reasonFor(
    "UsernameExistsException",
    (alias) => `An account with the given ${alias} already exists.`,
  ),
  alias: reasonFor("AliasExistsException", (alias) => `An account with the given ${alias} already exists.`),
  group: reason("GroupExistsException", "A group with the name already exists."),
  terms: reason("TermsExistsException", "Terms of this name already exist for the client."),
  branding: reason("ManagedLoginBrandingExistsException", "The client already has a managed login branding."),
  provider: reasonFor(
    "DuplicateProviderException",
    (name) => `A provider with the name ${name} already exists in the user pool.`,
  ),
};

/** Of people who sign in elsewhere. */
export const federation = {
  ...refusals("InvalidParameterException", {
    localSource:
      "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser",
    merging: "Merging is not currently supported, provide a SourceUser that doesn't exist",
    attributeNotMapped: (name: string) => `Invalid SourceUser: ${name} is not mapped by the provider.`,
    attributesMissing: (names: string) => `attributes required: [${names}]`,
    entryExists: (username: string) => `Already found an entry for username ${username}`,
  }),
  tooMany: reason("LimitExceededException", "A user can be linked to five identities at most."),
};
export const preconditionNotMet = (message: string) =>
  new CognitoFailure("PreconditionNotMetException", message);
export const deviceKeyExists = reason("DeviceKeyExistsException", "Device already exists.");
export const invalidConfiguration = (message: string) =>
  new CognitoFailure("InvalidUserPoolConfigurationException", message);
export const limitExceeded = (message: string) => new CognitoFailure("LimitExceededException", message);
export const notEnabled = reasonFor(
  "OperationNotEnabledException",
  (what) => `${what} is not enabled for this user pool.`,
);

export const invalidParameter = (message: string) => new CognitoFailure("InvalidParameterException", message);
export const nothingVerified = reason(
  "InvalidParameterException",
  "Cannot reset password for the user as there is no registered/verified email or phone_number",
);
export const invalidPassword = (flaw: string) =>
  new CognitoFailure("InvalidPasswordException", `Password did not conform with policy: ${flaw}`);
export const passwordCompromised = reason(
  "InvalidPasswordException",
  "Provided password cannot be used for security reasons.",
);
/** Of threat protection, where the pool has none. */
export const addOnNotEnabled = reason(
  "UserPoolAddOnNotEnabledException",
  "Advanced security is not enabled for this user pool.",
);
export const unsupportedUserState = (message: string) =>
  new CognitoFailure("UnsupportedUserStateException", message);

export const revocation = {
  wrongClient: reason("UnauthorizedException", "Token was not issued to this client"),
  wrongSecret: reason("UnauthorizedException", "Invalid client secret"),
  notRefreshToken: reason("UnsupportedTokenTypeException", "Only refresh tokens can be revoked"),
  notEnabled: reason("UnsupportedOperationException", "Token revocation is not enabled for this client"),
};

export const oauthSettings = {
  ...refusals("InvalidOAuthFlowException", {
    flowsAndScopesMissing:
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    credentialsWithOtherFlow:
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    credentialsWithoutSecret:
      "client_credentials flow can not be selected if client does not have a client secret.",
    credentialsWithUserScope: (scope: string) => `${scope} is not supported with client_credentials flow`,
  }),
  unknownScope: reasonFor("ScopeDoesNotExistException", (scope) => `Invalid scope requested: ${scope}`),
};

export const triggerFailed = {
  threw: (trigger: string, message: string) =>
    new CognitoFailure("UserLambdaValidationException", `${trigger} failed with error ${message}.`),
  unreachable: (trigger: string, cause: string) =>
    new CognitoFailure("UnexpectedLambdaException", `${trigger} invocation failed due to error ${cause}.`),
  badResponse: reason("InvalidLambdaResponseException", "Unrecognizable lambda output"),
};

/** Of the part of AWS KMS that custom senders need. */
export const kms = {
  invalidCiphertext: reason("InvalidCiphertextException", ""),
  incorrectKey: reason(
    "IncorrectKeyException",
    "The key ID in the request does not identify a CMK that can perform this operation.",
  ),
};

export const protocol = {
  unknownOperation: () => new CognitoFailure("UnknownOperationException", ""),
  leftOut: (operation: string, about: string) =>
    new CognitoFailure(
      "UnknownOperationException",
      `The local Cognito does not have ${operation} (${about}).`,
    ),
  unsigned: reason("MissingAuthenticationTokenException", "Missing Authentication Token"),
  serialization: (message: string) => new CognitoFailure("SerializationException", message),
  tooLarge: () => new CognitoFailure("RequestEntityTooLargeException", "Request entity too large", 413),
  foreignHost: (host: string) =>
    new CognitoFailure(
      "AccessDeniedException",
      `${JSON.stringify(host)} is not served here: see the option --allowed-hosts.`,
      403,
    ),
  foreignPage: () =>
    new CognitoFailure(
      "AccessDeniedException",
      "Operations that need a signature are not for web pages: call them from a server or a script.",
      403,
    ),
  notFound: () => new CognitoFailure("ResourceNotFoundException", "There is nothing here.", 404),
  throttled: reason("TooManyRequestsException", "Rate exceeded"),
  internal: () => new CognitoFailure("InternalErrorException", "Internal error", 500),
};

/** A setting that real Cognito has and this one would silently not honour: refused instead of accepted. */
export const notHere = (what: string) => invalidParameter(`The local Cognito does not support ${what}.`);
