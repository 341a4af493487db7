import { z } from "zod";
import { CurrentTenant, Me } from "../auth/tenancy/me";
import { operation } from "../operation";
import {
  ActingTenant,
  AnswerPasskey,
  AskForPasskey,
  AskSignInWay,
  AuthenticatorSecret,
  BeginMfaSetup,
  ChallengeAnswer,
  ChangeMe,
  ChangePassword,
  Done,
  EndedOthers,
  EndOthers,
  Factors,
  ForgotPassword,
  Login,
  Mfa,
  MfaSetup,
  NewPassword,
  OwnSession,
  Passkey,
  PasskeyCreation,
  PasskeyPath,
  PasswordAgain,
  Postponed,
  PreferFactor,
  Refresh,
  RenamePasskey,
  ResetPassword,
  SelectMfa,
  SessionPath,
  SignInAnswer,
  SignInWay,
  TokenAnswer,
  VerifyAuthenticator,
  VerifyPasskey,
} from "./contract";
import { READ_TENANT } from "./permissions";

/** What any step of a sign-in meets: limits are counted in the database, and new tokens are verified. */
const anyStep = [
  "tenant_suspended",
  "single_sign_on_required",
  "single_sign_on_refused",
  "no_tenant",
  "rate_limited",
  "cognito_unavailable",
  "keys_unavailable",
  "database_unavailable",
] as const;

const signIn = "Sign-in";
const account = "Account";
/** What asks for the password again can be refused with. */
const passwordAgain = [
  "invalid_credentials",
  "conflict",
  "not_found",
  "rate_limited",
  "cognito_unavailable",
] as const;
const othersEnd = "Everything else that was signed in ends; the sign-in that asks goes on.";
const done = { status: 200, description: "Done.", body: Done };
const tokensOrChallenge = {
  status: 200,
  description: "Tokens, or the next step that Cognito asks for.",
  body: SignInAnswer,
};

export const login = operation({
  method: "POST",
  path: "/api/user/login",
  id: "login",
  tag: signIn,
  summary: "Sign in with e-mail and password",
  access: "public",
  body: Login,
  answer: tokensOrChallenge,
  errors: ["invalid_credentials", "password_reset_required", ...anyStep],
});

export const signInWay = operation({
  method: "POST",
  path: "/api/user/sign-in-way",
  id: "signInWay",
  tag: signIn,
  summary: "Ask by which way an address signs in",
  description:
    "By its domain alone: whether there is such an account is not told. `single_sign_on`: a tenant whose domain it is has its own provider.",
  access: "public",
  body: AskSignInWay,
  answer: { status: 200, description: "The way.", body: SignInWay },
  errors: ["rate_limited", "database_unavailable"],
});

export const newPassword = operation({
  method: "POST",
  path: "/api/user/new-password",
  id: "newPassword",
  tag: signIn,
  summary: "Choose a password in place of the temporary one",
  access: "public",
  body: NewPassword,
  answer: tokensOrChallenge,
  errors: ["password_rejected", "challenge_expired", ...anyStep],
});

export const mfa = operation({
  method: "POST",
  path: "/api/user/mfa",
  id: "mfa",
  tag: signIn,
  summary: "Give the code of the second factor",
  access: "public",
  body: Mfa,
  answer: tokensOrChallenge,
  errors: ["code_rejected", "challenge_expired", "conflict", ...anyStep],
});

export const selectMfa = operation({
  method: "POST",
  path: "/api/user/select-mfa",
  id: "selectMfa",
  tag: signIn,
  summary: "Choose which second factor to use",
  access: "public",
  body: SelectMfa,
  answer: tokensOrChallenge,
  errors: ["challenge_expired", ...anyStep],
});

export const beginMfaSetup = operation({
  method: "POST",
  path: "/api/user/mfa-setup",
  id: "beginMfaSetup",
  tag: signIn,
  summary: "Begin to set up an authenticator app that the sign-in demands",
  access: "public",
  body: BeginMfaSetup,
  answer: { status: 200, description: "The secret, and the session to answer with.", body: MfaSetup },
  errors: ["challenge_expired", "conflict", "rate_limited", "cognito_unavailable", "database_unavailable"],
});

export const askForPasskey = operation({
  method: "POST",
  path: "/api/user/passkey-challenge",
  id: "askForPasskey",
  tag: signIn,
  summary: "Begin to sign in with a passkey",
  description:
    "`parameters.CREDENTIAL_REQUEST_OPTIONS` is, as text, what `PublicKeyCredential.parseRequestOptionsFromJSON` takes. It does not tell whether there is such a user, or a passkey. In a browser, the session is for that browser alone.",
  access: "public",
  body: AskForPasskey,
  answer: { status: 200, description: "The challenge `WEB_AUTHN`.", body: ChallengeAnswer },
  errors: ["conflict", "rate_limited", "cognito_unavailable", "database_unavailable"],
});

export const answerPasskey = operation({
  method: "POST",
  path: "/api/user/passkey",
  id: "answerPasskey",
  tag: signIn,
  summary: "Sign in with what a passkey signed",
  description: "A passkey stands for both steps: its authenticator must have verified who holds it.",
  access: "public",
  body: AnswerPasskey,
  answer: tokensOrChallenge,
  errors: ["passkey_rejected", "challenge_expired", ...anyStep],
});

export const refresh = operation({
  method: "POST",
  path: "/api/user/refresh",
  id: "refresh",
  tag: signIn,
  summary: "Exchange a refresh token for new tokens",
  access: "public",
  body: Refresh,
  answer: { status: 200, description: "New tokens.", body: TokenAnswer },
  errors: [
    "session_ended",
    "tenant_suspended",
    "no_tenant",
    "rate_limited",
    "cognito_unavailable",
    "database_unavailable",
  ],
});

export const logout = operation({
  method: "POST",
  path: "/api/user/logout",
  id: "logout",
  tag: signIn,
  summary: "Sign out everywhere",
  description:
    "Every token and every browser session of the user stops working here at once, whatever Cognito does. While Cognito does not confirm it, the answer is 202, it is tried again, and so may the caller with the token that has ended.",
  access: "caller",
  answer: done,
  otherAnswers: [
    { status: 202, description: "Ended here, and not yet confirmed by Cognito.", body: Postponed },
  ],
  errors: ["rate_limited"],
});

export const forgotPassword = operation({
  method: "POST",
  path: "/api/user/forgot-password",
  id: "forgotPassword",
  tag: signIn,
  summary: "Have a code for a new password mailed",
  description: "The answer does not tell whether there is such a user.",
  access: "public",
  body: ForgotPassword,
  answer: done,
  errors: ["rate_limited", "cognito_unavailable", "database_unavailable"],
});

export const resetPassword = operation({
  method: "POST",
  path: "/api/user/reset-password",
  id: "resetPassword",
  tag: signIn,
  summary: "Set a new password with the mailed code",
  description: "Everything that was signed in ends.",
  access: "public",
  body: ResetPassword,
  answer: done,
  errors: [
    "code_rejected",
    "password_rejected",
    "rate_limited",
    "cognito_unavailable",
    "database_unavailable",
  ],
});

export const changePassword = operation({
  method: "POST",
  path: "/api/user/change-password",
  id: "changePassword",
  tag: account,
  summary: "Change one's password",
  description: "Everything else that was signed in ends; the sign-in that asks goes on.",
  access: "caller",
  body: ChangePassword,
  answer: done,
  errors: ["invalid_credentials", "password_rejected", "conflict", "rate_limited", "cognito_unavailable"],
});

export const readFactors = operation({
  method: "GET",
  path: "/api/user/mfa-preference",
  id: "readFactors",
  tag: account,
  summary: "Read one's second factors",
  access: "caller",
  answer: { status: 200, description: "Which are on, and which is asked for first.", body: Factors },
  errors: ["cognito_unavailable", "not_found"],
});

export const preferFactor = operation({
  method: "PATCH",
  path: "/api/user/mfa-preference",
  id: "preferFactor",
  tag: account,
  summary: "Say which second factor is asked for first",
  description: othersEnd,
  access: "caller",
  body: PreferFactor,
  answer: done,
  errors: passwordAgain,
});

export const beginAuthenticator = operation({
  method: "POST",
  path: "/api/user/totp",
  id: "beginAuthenticator",
  tag: account,
  summary: "Begin to turn an authenticator app on",
  access: "caller",
  body: PasswordAgain,
  answer: { status: 200, description: "The secret for the app.", body: AuthenticatorSecret },
  errors: passwordAgain,
});

export const dropAuthenticator = operation({
  method: "DELETE",
  path: "/api/user/totp",
  id: "dropAuthenticator",
  tag: account,
  summary: "Turn the authenticator app off",
  description: othersEnd,
  access: "caller",
  body: PasswordAgain,
  answer: { status: 204, description: "It is off." },
  errors: passwordAgain,
});

export const verifyAuthenticator = operation({
  method: "POST",
  path: "/api/user/totp/verify",
  id: "verifyAuthenticator",
  tag: account,
  summary: "Turn the authenticator app on with its first code",
  description: othersEnd,
  access: "caller",
  body: VerifyAuthenticator,
  answer: done,
  errors: ["code_rejected", ...passwordAgain],
});

/** What only an access token of our own form may do. */
const ownToken = ["wrong_token_use", "session_ended", "conflict", "cognito_unavailable"] as const;

export const listPasskeys = operation({
  method: "GET",
  path: "/api/user/passkeys",
  id: "listPasskeys",
  tag: account,
  summary: "List one's passkeys",
  access: "caller",
  answer: { status: 200, description: "The oldest first.", body: z.array(Passkey) },
  errors: ownToken,
});

export const beginPasskey = operation({
  method: "POST",
  path: "/api/user/passkeys",
  id: "beginPasskey",
  tag: account,
  summary: "Begin to make a passkey",
  access: "caller",
  body: PasswordAgain,
  answer: { status: 200, description: "By what the browser makes it.", body: PasskeyCreation },
  errors: [...passwordAgain, "session_ended", "wrong_token_use"],
});

export const verifyPasskey = operation({
  method: "POST",
  path: "/api/user/passkeys/verify",
  id: "verifyPasskey",
  tag: account,
  summary: "Have the passkey taken that the browser made",
  description: othersEnd,
  access: "caller",
  body: VerifyPasskey,
  answer: done,
  errors: ["passkey_rejected", ...passwordAgain, "session_ended", "wrong_token_use"],
});

export const renamePasskey = operation({
  method: "PATCH",
  path: "/api/user/passkeys/{id}",
  id: "renamePasskey",
  tag: account,
  summary: "Name one of one's passkeys",
  access: "caller",
  params: PasskeyPath,
  body: RenamePasskey,
  answer: done,
  errors: [...ownToken, "no_tenant"],
});

export const removePasskey = operation({
  method: "DELETE",
  path: "/api/user/passkeys/{id}",
  id: "removePasskey",
  tag: account,
  summary: "Remove one of one's passkeys",
  description: othersEnd,
  access: "caller",
  params: PasskeyPath,
  body: PasswordAgain,
  answer: { status: 204, description: "It signs nobody in any more." },
  errors: [...passwordAgain, "session_ended", "wrong_token_use"],
});

export const listSessions = operation({
  method: "GET",
  path: "/api/user/sessions",
  id: "listSessions",
  tag: account,
  summary: "List one's browser sessions",
  access: "caller",
  answer: { status: 200, description: "The one used last first.", body: z.array(OwnSession) },
});

export const endSession = operation({
  method: "DELETE",
  path: "/api/user/sessions/{id}",
  id: "endSession",
  tag: account,
  summary: "End one of one's browser sessions",
  access: "caller",
  params: SessionPath,
  answer: { status: 204, description: "It has ended." },
});

export const endOtherSessions = operation({
  method: "DELETE",
  path: "/api/user/sessions",
  id: "endOtherSessions",
  tag: account,
  summary: "End all of one's other sign-ins",
  description: othersEnd,
  access: "caller",
  body: EndOthers,
  answer: { status: 200, description: "They have ended.", body: EndedOthers },
  errors: ["invalid_credentials", "rate_limited", "cognito_unavailable"],
});

export const readMe = operation({
  method: "GET",
  path: "/api/user/me",
  id: "readMe",
  tag: account,
  summary: "Who the token says one is",
  access: "caller",
  answer: { status: 200, description: "The principal.", body: Me },
});

export const changeMe = operation({
  method: "PATCH",
  path: "/api/user/me",
  id: "changeMe",
  tag: account,
  summary: "Say what one is called",
  description: "A token that was issued before goes on saying the name before.",
  access: "caller",
  body: ChangeMe,
  answer: { status: 200, description: "The principal, as it is now.", body: Me },
  errors: ["conflict", "cognito_unavailable"],
});

export const readTenant = operation({
  method: "GET",
  path: "/api/user/tenant",
  id: "readTenant",
  tag: account,
  summary: "For which tenant one is working",
  access: READ_TENANT,
  answer: { status: 200, description: "The tenant.", body: CurrentTenant },
});

export const actInTenant = operation({
  method: "PUT",
  path: "/api/user/acting-tenant",
  id: "actInTenant",
  tag: account,
  summary: "As an operator, work in another tenant for the rest of the browser session",
  description: "Only where the deployment allows it (TENANT_STRICT=0). Each request is logged.",
  access: "caller",
  body: ActingTenant,
  answer: done,
  errors: ["forbidden", "conflict", "unknown_tenant"],
});

export const stopActing = operation({
  method: "DELETE",
  path: "/api/user/acting-tenant",
  id: "stopActing",
  tag: account,
  summary: "As an operator, go back to one's own tenant",
  access: "caller",
  answer: { status: 204, description: "One is back." },
  errors: ["forbidden", "conflict"],
});
