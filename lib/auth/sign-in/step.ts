import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { Challenge, SignInOutcome } from "../../cognito/sign-in";
import { AppError } from "../../errors";
import { log } from "../../log";
import { count } from "../../telemetry/telemetry";
import type { Principal } from "../access/principal";
import { endOtherAccess } from "../endings/end-access";
import { type Usable, usableTokens } from "../endings/usable-tokens";
import { clientAddress } from "../limits/client-address";
import { rememberDevice } from "../session/device";
import { attemptOf, becomeKnown, signingIn } from "./attempt";
import { isRefusedStep, type SignInObserver, type SignInOrigin } from "./sign-in-observer";

/** What became of a step of signing in. A fault of ours is none of it, and is thrown. */
export type StepResult<SignedIn, Asked> =
  | { signedIn: SignedIn }
  | { challenge: Asked }
  | { refused: AppError };

/** Who signs in, and what they take away. Browsers and programs differ in this alone. */
export type Visitor<Held, Asked> = {
  way: SignInOrigin["way"];
  /** The passkey that signs in, by its id. */
  passkey?: string;
  headers: Headers;
  observer: SignInObserver;
  /** Turns tokens into what the visitor keeps, before anybody is told of the sign-in. */
  hold(usable: Usable, from: SignInOrigin): Promise<Held>;
  /** Turns a further step into what the visitor needs to answer it. */
  ask(email: string, challenge: Challenge): Promise<Asked>;
  /** `mark`: what its limits know it by, if anything. `device`: what its owner is told a new one by. */
  knownBy(from: SignInOrigin): { mark: string | null; device: string };
};

type Step = {
  /** The account, as it was typed. */
  email: string;
  /** Which challenge this answers; null at the first step. */
  answers: ChallengeNameType | null;
  /** Asks Cognito. */
  take: () => Promise<SignInOutcome>;
  /** The passkey that answers, by its id. */
  passkey?: string;
};

/**
 * One step of signing in, the same for pages and API: limits, Cognito, the place among what begins and ends, what the
 * step ends, what the visitor keeps, who is told.
 *
 * @returns as refused what the visitor did wrong: `invalid_credentials`, `password_reset_required`, `code_rejected`,
 *   `passkey_rejected`, `password_rejected`, `challenge_expired`, `session_ended`, `rate_limited`.
 * @throws AppError `unsupported_challenge`, `cognito_unavailable`, `keys_unavailable`, `database_unavailable`.
 */
export async function takeStep<Held, Asked>(
  visitor: Visitor<Held, Asked>,
  { email, answers, take, passkey }: Step,
): Promise<StepResult<Held, Asked>> {
  const result = await orRefused(async () => {
    const { outcome, number } = await signingIn(attemptOf(visitor.headers, email), take);
    if ("challenge" in outcome) {
      count("sekisho.challenges", { way: visitor.way, challenge: outcome.challenge.name });
      return { challenge: await visitor.ask(email, outcome.challenge) };
    }
    const usable = await usableTokens(outcome.tokens, number);
    if (answers) await endFormerAccess(usable.principal, answers, visitor);
    return { signedIn: await enter({ ...visitor, ...(passkey && { passkey }) }, usable, email) };
  });
  if ("refused" in result) {
    const { code } = result.refused;
    count("sekisho.sign_ins", { way: visitor.way, outcome: code });
    if (isRefusedStep(code)) visitor.observer.refused(email, code, originOf(visitor));
  }
  return result;
}

/**
 * What follows the last step, whichever way it came.
 *
 * @param typed the account's name as it was typed to us: the Hosted UI's may be an address that nobody has verified.
 * @throws AppError `database_unavailable`; what `hold` throws.
 */
export async function enter<Held>(
  visitor: Omit<Visitor<Held, unknown>, "ask">,
  usable: Usable,
  typed: string | null,
): Promise<Held> {
  const { principal } = usable;
  const from = originOf(visitor);
  const held = await visitor.hold(usable, from);
  count("sekisho.sign_ins", { way: visitor.way, outcome: "signed_in" });
  log("info", "auth.signed_in", { sub: principal.sub, way: visitor.way });
  const { mark, device } = visitor.knownBy(from);
  const isNewDevice = await rememberDevice(principal.sub, device);
  if (typed !== null) await becomeKnown({ account: typed, address: from.address, device: mark });
  await visitor.observer.signedIn(principal, { ...from, isNewDevice });
  return held;
}

/** The result of `work`, or its refusal: an AppError for which the visitor is at fault. @throws any other error. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T | { refused: AppError }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return { refused: error };
    throw error;
  }
}

/**
 * Where the sign-in itself chose a new password or set up a second factor, whatever was signed in before that has ended,
 * as after a change on the account page.
 */
async function endFormerAccess(
  principal: Principal,
  answered: ChallengeNameType,
  { headers, observer }: Pick<Visitor<unknown, unknown>, "headers" | "observer">,
): Promise<void> {
  if (answered !== "NEW_PASSWORD_REQUIRED" && answered !== "MFA_SETUP") return;
  // Cognito signed them in by this very step.
  await endOtherAccess({ principal, session: null }, principal.signedInAt);
  if (answered === "MFA_SETUP") {
    await observer.accountChanged(principal, "authenticator_added", clientAddress(headers));
  }
}

function originOf({
  way,
  passkey,
  headers,
}: Pick<Visitor<unknown, unknown>, "way" | "passkey" | "headers">): SignInOrigin {
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 400);
  return { way, ...(passkey && { passkey }), userAgent, address: clientAddress(headers) };
}
