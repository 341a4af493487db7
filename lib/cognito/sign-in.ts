import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
} from "@aws-sdk/client-cognito-identity-provider";
import { env } from "../env";
import { AppError } from "../errors";
import { callCognito, isRefusal } from "./client";
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

export type SignInOutcome = { kind: "tokens"; tokens: Tokens } | { kind: "challenge"; challenge: Challenge };

/**
 * Signs in with e-mail and password (`ADMIN_USER_PASSWORD_AUTH`).
 *
 * @throws AppError `invalid_credentials`, the same for an unknown, wrong, unconfirmed or disabled user;
 *   `cognito_unavailable`.
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
    if (isRefusal(error)) throw new AppError("invalid_credentials", { cause: error });
    throw error;
  }
}

/**
 * Answers `NEW_PASSWORD_REQUIRED`.
 *
 * @throws AppError `password_rejected` (the challenge session stays usable), `challenge_expired`,
 *   `cognito_unavailable`.
 */
export async function respondWithNewPassword(answer: {
  username: string;
  newPassword: string;
  session: string;
}): Promise<SignInOutcome> {
  const { COGNITO_USER_POOL_ID, COGNITO_APP_CLIENT_ID } = env();
  const command = new AdminRespondToAuthChallengeCommand({
    UserPoolId: COGNITO_USER_POOL_ID,
    ClientId: COGNITO_APP_CLIENT_ID,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: answer.session,
    ChallengeResponses: {
      USERNAME: answer.username,
      NEW_PASSWORD: answer.newPassword,
      ...hashFor(answer.username),
    },
  });
  try {
    return outcome(await callCognito((client, options) => client.send(command, options)));
  } catch (error) {
    if (isRefusal(error, "InvalidPasswordException", "PasswordHistoryPolicyViolationException")) {
      throw new AppError("password_rejected", {
        cause: error,
        fields: [{ field: "new_password", message: passwordAdvice(error.message) }],
      });
    }
    if (isRefusal(error)) throw new AppError("challenge_expired", { cause: error });
    throw error;
  }
}

/** Cognito's reason is about the password just typed and nothing else; its prefix says nothing to a person. */
function passwordAdvice(message: string): string {
  return message.replace(/^Password did not conform with (password )?policy:\s*/i, "");
}

function hashFor(username: string): { SECRET_HASH?: string } {
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
    return { kind: "tokens", tokens: tokensFrom(response.AuthenticationResult) };
  }
  if (!response.ChallengeName || !response.Session) {
    throw new AppError("cognito_unavailable", { cause: "an answer with neither tokens nor a challenge" });
  }
  return {
    kind: "challenge",
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
