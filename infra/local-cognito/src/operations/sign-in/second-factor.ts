import { codeRefused, invalidParameter, notAuthorized, softwareToken } from "../../model/failures";
import type { Factor, User } from "../../model/user";
import { fingerprint } from "../../rules/fingerprint";
import { attempted } from "../../rules/lockout";
import { type Proof, usableFactors } from "../../rules/next-step";
import type { Standing } from "../../rules/sign-in";
import { matchingStep } from "../../rules/totp";
import type { InPool } from "../../store/cognito";
import { put } from "../../store/store";

/** What an answer proved, and the user as they are after it. */
export interface Proven {
  user: User;
  proof: Proof;
}

/**
 * Answers SMS_MFA, EMAIL_OTP and SOFTWARE_TOKEN_MFA. A wrong code leaves the session open for another try, and is counted:
 * after five the user is locked out as with passwords (developer guide, "Adding MFA to a user pool").
 *
 * @throws CodeMismatchException, ExpiredCodeException for a software token's code that was used before,
 *   NotAuthorizedException while locked out, SoftwareTokenMFANotFoundException
 */
export function answerCode(
  { cognito }: InPool,
  { factor, code }: { factor: Factor; code: string | undefined },
  standing: Standing,
): Proven {
  const { user, challenge } = standing;
  if (!code) throw invalidParameter(`Missing required parameter ${factor}_CODE`);
  const judged =
    factor === "SOFTWARE_TOKEN_MFA"
      ? judgeToken(code, user, cognito.now())
      : judgeSent(code, factor, standing);
  const { locked, after } = attempted(user.failures?.code, !judged.refusal, cognito.now());
  const counted = { ...judged.user, failures: { ...user.failures, code: after } };
  if (locked) {
    cognito.commit(put("users", { ...user, failures: counted.failures }));
    throw notAuthorized.locked();
  }
  if (judged.refusal) {
    cognito.commit(put("users", counted));
    throw judged.refusal;
  }
  cognito.commit(put("users", counted), put("challenges", { ...challenge, used: true }));
  return { user: counted, proof: "second factor" };
}

interface Judgement {
  user: User;
  refusal?: Error;
}

/** Whoever read it holds the address: "Amazon Cognito marks their phone number as verified" (developer guide). */
function judgeSent(code: string, factor: "SMS_MFA" | "EMAIL_OTP", { user, challenge }: Standing): Judgement {
  if (fingerprint(code) !== challenge.codeHash) return { user, refusal: codeRefused.sms() };
  const mark = factor === "EMAIL_OTP" ? "email_verified" : "phone_number_verified";
  return { user: { ...user, attributes: { ...user.attributes, [mark]: "true" } } };
}

function judgeToken(code: string, user: User, now: number): Judgement {
  const token = user.mfa?.softwareToken;
  if (!user.mfa || !token?.verified) throw softwareToken.noneOfUser();
  const step = matchingStep(token.secret, code, now);
  if (step === undefined) return { user, refusal: codeRefused.softwareToken() };
  // Older codes than the last one are refused too: somebody may have seen them on the screen.
  if (step <= (token.usedStep ?? -1)) return { user, refusal: codeRefused.softwareTokenUsed() };
  return { user: { ...user, mfa: { ...user.mfa, softwareToken: { ...token, usedStep: step } } } };
}

/** Answers SELECT_MFA_TYPE. @throws InvalidParameterException for a factor that was not on offer. */
export function answerChoice(
  { cognito, pool }: InPool,
  answer: string | undefined,
  { user, challenge }: Standing,
): Proven {
  const chosen = usableFactors(pool, user).find((factor) => factor === answer);
  if (!chosen) throw invalidParameter("Invalid parameter ANSWER: choose one of MFAS_CAN_CHOOSE");
  cognito.commit(put("challenges", { ...challenge, used: true }));
  return { user, proof: { chosen } };
}

/** Answers MFA_SETUP, with the session that VerifySoftwareToken gave. @throws NotAuthorizedException without that. */
export function answerSetup({ cognito }: InPool, { user, challenge }: Standing): Proven {
  if (!challenge.verified) throw notAuthorized.sessionInvalid();
  cognito.commit(put("challenges", { ...challenge, used: true }));
  return { user, proof: "second factor" };
}
