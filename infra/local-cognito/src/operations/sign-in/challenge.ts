import { z } from "zod";
import { invalidParameter, notHere } from "../../model/failures";
import type { ChallengeName } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { nextStep } from "../../rules/next-step";
import { assertSecretHash } from "../../rules/secret-hash";
import { type Standing, standingChallenge, unknownUser } from "../../rules/sign-in";
import type { ThroughClient } from "../../store/cognito";
import { signed, unsigned } from "../operation";
import { clientId, session, stringMap, userPoolId } from "../parameters";
import type { Progress } from "./authentication";
import type { OpenedChallenge } from "./challenge-opening";
import { afterPassword, answerCustom } from "./custom-auth";
import { answerDevice, beginDevice } from "./device";
import { answerNewPassword } from "./new-password";
import { proceed } from "./proceeding";
import { answerChoice, answerCode, answerSetup, type Proven } from "./second-factor";
import { answerSrp } from "./srp";
import { type Completion, withTokens } from "./tokens";
import { answerFirst, firstChallenges } from "./user-auth";

const supported = [
  "NEW_PASSWORD_REQUIRED",
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
] as const satisfies ChallengeName[];

/** Every challenge of the API; those that are not built are refused by name. */
const challengeNames = [
  ...new Set([...supported, ...firstChallenges]),
  "PASSWORD_VERIFIER",
  "CUSTOM_CHALLENGE",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "ADMIN_NO_SRP_AUTH",
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
  AdminRespondToAuthChallenge: signed(answer.extend({ UserPoolId: userPoolId }), (cognito, request) =>
    respond(cognito.throughClient(request.ClientId, cognito.pool(request.UserPoolId)), request),
  ),

  RespondToAuthChallenge: unsigned(answer, (cognito, request) =>
    respond(cognito.throughClient(request.ClientId), request),
  ),
};

async function respond(context: ThroughClient, request: Answer): Promise<object> {
  const { USERNAME, SECRET_HASH } = request.ChallengeResponses;
  if (!USERNAME) throw invalidParameter("Missing required parameter USERNAME");
  assertSecretHash(context.client, USERNAME, SECRET_HASH);
  if (request.ChallengeName === "DEVICE_SRP_AUTH") {
    const { Session, ChallengeResponses: responses } = request;
    return beginDevice(context, { Session, responses });
  }
  if (request.ChallengeName === "CUSTOM_CHALLENGE") {
    const { Session, ChallengeResponses: responses, ClientMetadata: clientMetadata } = request;
    return await answerCustom(context, { Session, responses, clientMetadata });
  }
  if (request.ChallengeName === "PASSWORD_VERIFIER") return await bySrp(context, request);
  const first = firstChallenges.find((name) => name === request.ChallengeName);
  if (first) return answerFirst(context, { ...request, name: first }, withTokens(context));
  return answerChallenge(context, request, withTokens(context));
}

/**
 * The answer to a challenge, through the API or the Hosted UI. A right answer uses the session up;
 * a wrong code or a weak password leaves it open.
 *
 * @returns the next challenge, or what `complete` makes of the user.
 * @throws NotAuthorizedException for a session that is invented, used, expired or another's; CodeMismatchException,
 *   ExpiredCodeException, InvalidPasswordException, InvalidParameterException
 */
export async function answerChallenge<T>(
  context: ThroughClient,
  request: Answer,
  complete: Completion<T>,
): Promise<OpenedChallenge | T> {
  return await proceed(context, await judged(context, request), complete);
}

async function judged(context: ThroughClient, request: Answer): Promise<Progress> {
  const { cognito, pool, client } = context;
  if (request.ChallengeName === "DEVICE_PASSWORD_VERIFIER") return byDevice(context, request);
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
    const user = await answerNewPassword(context, responses, standing);
    const step = nextStep(pool, user, "password");
    const source = "TokenGeneration_NewPasswordChallenge";
    return { user, step, source, clientMetadata, deviceKey: responses.DEVICE_KEY };
  }
  const stands = standing();
  const { user, proof } = factorAnswer(context, { name, responses }, stands);
  const step = nextStep(pool, user, proof);
  const deviceKey = responses.DEVICE_KEY ?? stands.challenge.deviceKey;
  return { user, step, source: "TokenGeneration_Authentication", clientMetadata, deviceKey };
}

/** What a device has proven counts for the second factor that it stands for. */
function byDevice(
  context: ThroughClient,
  { ChallengeResponses, ClientMetadata: clientMetadata }: Answer,
): Progress {
  const source = "TokenGeneration_AuthenticateDevice";
  const proven = answerDevice(context, ChallengeResponses);
  return { ...proven, isDeviceProven: true, step: { kind: "tokens" }, source, clientMetadata };
}

async function bySrp(
  context: ThroughClient,
  { ChallengeResponses, ClientMetadata: clientMetadata }: Answer,
): Promise<object> {
  const { user, custom, ...proven } = answerSrp(context, ChallengeResponses);
  const step = nextStep(context.pool, user, "password");
  const deviceKey = ChallengeResponses.DEVICE_KEY ?? proven.deviceKey;
  if (custom)
    return await afterPassword(context, { user, history: custom.history, deviceKey, clientMetadata });
  const source = "TokenGeneration_Authentication" as const;
  return await proceed(context, { user, step, source, clientMetadata, deviceKey }, withTokens(context));
}

function factorAnswer(
  context: ThroughClient,
  answered: { name: Exclude<ChallengeName, "NEW_PASSWORD_REQUIRED">; responses: Record<string, string> },
  standing: Standing,
): Proven {
  const { name, responses } = answered;
  if (name === "SELECT_MFA_TYPE") return answerChoice(context, responses.ANSWER, standing);
  if (name === "MFA_SETUP") return answerSetup(context, standing);
  return answerCode(context, { factor: name, code: responses[`${name}_CODE`] }, standing);
}
