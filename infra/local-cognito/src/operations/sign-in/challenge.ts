import { z } from "zod";
import type { Client } from "../../model/client";
import { invalidParameter, notHere } from "../../model/failures";
import type { Pool } from "../../model/pool";
import type { ChallengeName } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { nextStep } from "../../rules/next-step";
import { assertSecretHash } from "../../rules/secret-hash";
import { type Standing, standingChallenge, unknownUser } from "../../rules/sign-in";
import type { Cognito } from "../../store/cognito";
import { signed, unsigned } from "../operation";
import { clientId, session, stringMap, userPoolId } from "../parameters";
import type { Progress } from "./authentication";
import type { OpenedChallenge } from "./challenge-opening";
import { answerNewPassword } from "./new-password";
import { proceed } from "./proceeding";
import { answerChoice, answerCode, answerSetup, type Proven } from "./second-factor";
import { type Completion, withTokens } from "./tokens";

const supported = [
  "NEW_PASSWORD_REQUIRED",
  "SMS_MFA",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
] as const satisfies ChallengeName[];

/** Every challenge of the API; those that are not built are refused by name. */
const challengeNames = [
  ...supported,
  "EMAIL_OTP",
  "PASSWORD_VERIFIER",
  "CUSTOM_CHALLENGE",
  "SELECT_CHALLENGE",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "ADMIN_NO_SRP_AUTH",
  "SMS_OTP",
  "PASSWORD",
  "WEB_AUTHN",
  "PASSWORD_SRP",
] as const;

const answer = z.object({
  ClientId: clientId,
  ChallengeName: z.enum(challengeNames),
  Session: session.optional(),
  ChallengeResponses: stringMap.default({}),
  ClientMetadata: stringMap.optional(),
});
export type Answer = z.output<typeof answer>;

export const challengeOperations = {
  AdminRespondToAuthChallenge: signed(answer.extend({ UserPoolId: userPoolId }), (cognito, request) => {
    const pool = cognito.pool(request.UserPoolId);
    return respond(cognito, pool, cognito.client(request.ClientId, pool), request);
  }),

  RespondToAuthChallenge: unsigned(answer, (cognito, request) => {
    const client = cognito.client(request.ClientId);
    return respond(cognito, cognito.pool(client.poolId), client, request);
  }),
};

function respond(cognito: Cognito, pool: Pool, client: Client, request: Answer): Promise<object> {
  const { USERNAME, SECRET_HASH } = request.ChallengeResponses;
  if (!USERNAME) throw invalidParameter("Missing required parameter USERNAME");
  assertSecretHash(client, USERNAME, SECRET_HASH);
  return answerChallenge(cognito, pool, client, request, withTokens(cognito, pool, client));
}

/**
 * The answer to a challenge, by whichever door (API or Hosted UI) it came in. A right answer uses the session up;
 * a wrong code or a weak password leaves it open.
 *
 * @returns the next challenge, or what `complete` makes of the user.
 * @throws NotAuthorizedException for a session that is invented, used, expired or another's; CodeMismatchException,
 *   ExpiredCodeException, InvalidPasswordException, InvalidParameterException
 */
export async function answerChallenge<T>(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  request: Answer,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  return await proceed(cognito, pool, client, await judged(cognito, pool, client, request), complete);
}

async function judged(cognito: Cognito, pool: Pool, client: Client, request: Answer): Promise<Progress> {
  const name = supported.find((supportedName) => supportedName === request.ChallengeName);
  if (!name) throw notHere(`the challenge ${request.ChallengeName}`);
  const { Session, ChallengeResponses: responses, ClientMetadata: clientMetadata } = request;
  if (!Session) throw invalidParameter("Missing required parameter Session");
  const standing = (): Standing => {
    const user = cognito.userNamed(pool, responses.USERNAME ?? "");
    const challenge = cognito.challenge(fingerprint(Session));
    if (!user && !challenge) throw unknownUser(client);
    return standingChallenge(challenge, user, { client, name, now: cognito.now() });
  };
  if (name === "NEW_PASSWORD_REQUIRED") {
    const user = await answerNewPassword(cognito, pool, client, responses, standing);
    const step = nextStep(pool, user, "password");
    return { user, step, source: "TokenGeneration_NewPasswordChallenge", clientMetadata };
  }
  const { user, proof } = factorAnswer(cognito, pool, name, responses, standing());
  const step = nextStep(pool, user, proof);
  return { user, step, source: "TokenGeneration_Authentication", clientMetadata };
}

function factorAnswer(
  cognito: Cognito,
  pool: Pool,
  name: Exclude<ChallengeName, "NEW_PASSWORD_REQUIRED">,
  responses: Record<string, string>,
  standing: Standing,
): Proven {
  if (name === "SELECT_MFA_TYPE") return answerChoice(cognito, pool, responses, standing);
  if (name === "MFA_SETUP") return answerSetup(cognito, standing);
  return answerCode(cognito, name, responses, standing);
}
