import { z } from "zod";
import { invalidParameter, triggerFailed } from "../../model/failures";
import type { CustomStep } from "../../model/user";
import { type Occasion, run } from "./triggers";

/** What the three functions are told beside who signs in. */
export interface CustomOccasion extends Occasion {
  /** The challenges so far, and how they were answered. */
  history: CustomStep[];
  userNotFound: boolean;
}

const strings = z.record(z.string(), z.string()).nullish();
const definition = z.object({
  challengeName: z.string().nullish(),
  issueTokens: z.boolean().nullish(),
  failAuthentication: z.boolean().nullish(),
});
const creation = z.object({
  publicChallengeParameters: strings,
  privateChallengeParameters: strings,
  challengeMetadata: z.string().nullish(),
});
const verdict = z.object({ answerCorrect: z.boolean().nullish() });

/** What the first function decided: what is asked for next, that it is enough, or that it is over. */
export type Decision = "CUSTOM_CHALLENGE" | "PASSWORD_VERIFIER" | "tokens" | "failed";

/**
 * Asks what comes next in a custom sign-in (developer guide, "Define auth challenge Lambda trigger").
 * @throws InvalidParameterException without the trigger, InvalidLambdaResponseException, UserLambdaValidationException and its kin
 */
export async function defineChallenge(occasion: CustomOccasion): Promise<Decision> {
  const request = { session: occasion.history, userNotFound: occasion.userNotFound };
  const response = { challengeName: null, issueTokens: null, failAuthentication: null };
  const { challengeName, issueTokens, failAuthentication } = await asked(
    { name: "DefineAuthChallenge", request, response, schema: definition },
    occasion,
  );
  if (failAuthentication) return "failed";
  if (issueTokens) return "tokens";
  if (challengeName === "CUSTOM_CHALLENGE" || challengeName === "PASSWORD_VERIFIER") return challengeName;
  throw triggerFailed.badResponse();
}

/** What the user is shown, what a right answer is known by, and what is remembered of the challenge. */
export interface CreatedChallenge {
  shown: Record<string, string>;
  secret: Record<string, string>;
  metadata?: string | undefined;
}

/** Has the challenge made (developer guide, "Create auth challenge Lambda trigger"). @throws as `defineChallenge` */
export async function createChallenge(occasion: CustomOccasion): Promise<CreatedChallenge> {
  const { history: session, userNotFound } = occasion;
  const request = { challengeName: "CUSTOM_CHALLENGE", session, userNotFound };
  const response = {
    publicChallengeParameters: null,
    privateChallengeParameters: null,
    challengeMetadata: null,
  };
  const made = await asked({ name: "CreateAuthChallenge", request, response, schema: creation }, occasion);
  return {
    shown: made.publicChallengeParameters ?? {},
    secret: made.privateChallengeParameters ?? {},
    metadata: made.challengeMetadata ?? undefined,
  };
}

/** Has an answer judged (developer guide, "Verify auth challenge response Lambda trigger"). @throws as `defineChallenge` */
export async function verifyAnswer(
  occasion: CustomOccasion,
  { secret, answer }: { secret: Record<string, string>; answer: string },
): Promise<boolean> {
  const { userNotFound } = occasion;
  const request = { privateChallengeParameters: secret, challengeAnswer: answer, userNotFound };
  const response = { answerCorrect: null };
  const judged = await asked(
    { name: "VerifyAuthChallengeResponse", request, response, schema: verdict },
    occasion,
  );
  return judged.answerCorrect === true;
}

interface Asking<S extends z.ZodType> {
  name: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse";
  request: object;
  response: object;
  /** What its response must be. */
  schema: S;
}

async function asked<S extends z.ZodType>(
  { name, schema, ...event }: Asking<S>,
  occasion: CustomOccasion,
): Promise<z.output<S>> {
  const answer = await run(name, occasion, { source: `${name}_Authentication`, ...event });
  if (!answer) throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  const { success, data } = schema.safeParse(answer);
  if (!success) throw triggerFailed.badResponse();
  return data;
}
