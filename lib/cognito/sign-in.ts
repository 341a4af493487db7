import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
import { asPasswordOrCodeRefusal } from "./refusals";
import { secretHash } from "./secret-hash";

/** What Cognito hands out. `expiresIn` is in seconds. A refresh may bring no new refresh token. */
export type Tokens = {
  accessToken: string;
  idToken: string;
  refreshToken: string | undefined;
  expiresIn: number;
};

/** A further step that Cognito asks for. `session` is Cognito's challenge session: single use, minutes long. */
export type Challenge = {
  name: ChallengeNameType;
  session: string;
  parameters: Record<string, string>;
};

export type SignInOutcome = { tokens: Tokens } | { challenge: Challenge };

/** The steps that can be answered with one word from the person, and how Cognito calls that word. */
const ANSWER_NAMES = {
  NEW_PASSWORD_REQUIRED: "NEW_PASSWORD",
  SMS_MFA: "SMS_MFA_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
  SELECT_MFA_TYPE: "ANSWER",
} as const;

export type AnswerableChallenge = keyof typeof ANSWER_NAMES;

/**
 * Signs in with e-mail and password (`ADMIN_USER_PASSWORD_AUTH`).
 *
 * A client that hides who exists is told of a reset password only with that password: to any other, Cognito says
 * NotAuthorizedException (developer guide, "Requiring imported users to reset their passwords").
 *
 * @throws AppError `invalid_credentials`, the same for an unknown, wrong, unconfirmed or disabled user;
 *   `password_reset_required` (an administrator reset it, and a code was mailed), `cognito_unavailable`.
 */
export async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  const { COGNITO_USER_POOL_ID, COGNITO_APP_CLIENT_ID } = env();
  const command = new AdminInitiateAuthCommand({
    UserPoolId: COGNITO_USER_POOL_ID,
    ClientId: COGNITO_APP_CLIENT_ID,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: email, PASSWORD: password, ...hashFor(email) },
  });
  try {
    return outcome(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    if (isRefusal(error, "PasswordResetRequiredException")) {
      throw new AppError("password_reset_required", { cause: error });
    }
    if (isRefusal(error)) throw new AppError("invalid_credentials", { cause: error });
    throw error;
  }
}

/**
 * Answers a step: a new password, a code, or which second factor to use.
 *
 * @throws AppError `password_rejected` and `code_rejected` (the step can be tried again), `challenge_expired`,
 *   `cognito_unavailable`.
 */
export function answerChallenge(step: {
  name: AnswerableChallenge;
  username: string;
  session: string;
  answer: string;
}): Promise<SignInOutcome> {
  return respond(step.name, step.username, step.session, { [ANSWER_NAMES[step.name]]: step.answer });
}

/**
 * Ends `MFA_SETUP` after the authenticator was verified.
 *
 * @param session as verifyAuthenticator gave it.
 * @throws AppError `challenge_expired`, `cognito_unavailable`.
 */
export function finishAuthenticatorSetup(username: string, session: string): Promise<SignInOutcome> {
  return respond("MFA_SETUP", username, session, {});
}

/** Answers a step as Cognito wants it answered. @throws as answerChallenge. */
export async function respond(
  name: ChallengeNameType,
  username: string,
  session: string,
  answer: Record<string, string>,
): Promise<SignInOutcome> {
  const { COGNITO_USER_POOL_ID, COGNITO_APP_CLIENT_ID } = env();
  const command = new AdminRespondToAuthChallengeCommand({
    UserPoolId: COGNITO_USER_POOL_ID,
    ClientId: COGNITO_APP_CLIENT_ID,
    ChallengeName: name,
    Session: session,
    ChallengeResponses: { USERNAME: username, ...answer, ...hashFor(username) },
  });
  try {
    return outcome(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    throw asPasswordOrCodeRefusal(error, "new_password") ?? asExpired(error);
  }
}

function asExpired(error: unknown): unknown {
  return isRefusal(error) ? new AppError("challenge_expired", { cause: error }) : error;
}

/** The parameter that a client with a secret must add to a name. */
export function hashFor(username: string): { SECRET_HASH?: string } {
  const hash = secretHash(username);
  return hash ? { SECRET_HASH: hash } : {};
}

function outcome(response: {
  AuthenticationResult?: AuthenticationResultType | undefined;
  ChallengeName?: ChallengeNameType | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  Session?: string | undefined;
}): SignInOutcome {
  if (response.AuthenticationResult) {
    return { tokens: tokensFrom(response.AuthenticationResult) };
  }
  if (!response.ChallengeName || !response.Session) {
    throw new AppError("cognito_unavailable", { cause: "an answer with neither tokens nor a challenge" });
  }
  return {
    challenge: {
      name: response.ChallengeName,
      session: response.Session,
      parameters: response.ChallengeParameters ?? {},
    },
  };
}

/** @throws AppError `cognito_unavailable` when an answer lacks a token. */
export function tokensFrom(result: AuthenticationResultType): Tokens {
  const { AccessToken, IdToken, RefreshToken, ExpiresIn } = result;
  if (!AccessToken || !IdToken || !ExpiresIn) {
    throw new AppError("cognito_unavailable", { cause: "an answer without tokens" });
  }
  return { accessToken: AccessToken, idToken: IdToken, refreshToken: RefreshToken, expiresIn: ExpiresIn };
}
