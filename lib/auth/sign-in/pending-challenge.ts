import { beginAuthenticator, verifyAuthenticator } from "../../cognito/authenticator";
import {
  type AnswerableChallenge,
  answerChallenge,
  type Challenge,
  finishAuthenticatorSetup,
  type SignInOutcome,
} from "../../cognito/sign-in";
import { AppError } from "../../errors";
import { typedCode } from "../../typed";
import type { PendingChallenge } from "../session/challenge-cookie";

/**
 * What a challenge of Cognito asks of the person. For `MFA_SETUP` the authenticator's secret is fetched here.
 *
 * @throws AppError `unsupported_challenge`, `challenge_expired`, `cognito_unavailable`.
 */
export async function pendingFrom(email: string, challenge: Challenge): Promise<PendingChallenge> {
  const { name, session, parameters } = challenge;
  const common = { email, username: parameters.USER_ID_FOR_SRP ?? email, session };
  switch (name) {
    case "NEW_PASSWORD_REQUIRED":
    case "SOFTWARE_TOKEN_MFA":
    case "SELECT_MFA_TYPE":
      return { ...common, challenge: name };
    case "SMS_MFA":
      return { ...common, challenge: name, destination: parameters.CODE_DELIVERY_DESTINATION ?? "" };
    case "MFA_SETUP": {
      const begun = await beginAuthenticator({ session });
      return { ...common, challenge: name, secret: begun.secret, session: begun.session ?? session };
    }
    default:
      throw new AppError("unsupported_challenge", { cause: name });
  }
}

/**
 * Answers a step with what the person typed: a new password, a code, or the factor they chose.
 *
 * @throws AppError `password_rejected`, `code_rejected`, `challenge_expired`, `cognito_unavailable`.
 */
export async function answerStep(step: {
  name: AnswerableChallenge | "MFA_SETUP";
  username: string;
  session: string;
  answer: string;
}): Promise<SignInOutcome> {
  const { name, username, session, answer } = step;
  if (name === "MFA_SETUP") {
    const verified = await verifyAuthenticator({ session }, typedCode(answer));
    return finishAuthenticatorSetup(username, verified ?? session);
  }
  const isCode = name === "SMS_MFA" || name === "SOFTWARE_TOKEN_MFA";
  return answerChallenge({ name, username, session, answer: isCode ? typedCode(answer) : answer });
}
