import type { z } from "zod";
import { usableTokens } from "../auth/usable-tokens";
import { refreshTokens } from "../cognito/refresh-tokens";
import { respondWithNewPassword, type SignInOutcome, signInWithPassword } from "../cognito/sign-in";
import type { Login, NewPassword, Refresh } from "./contract";
import { type SignInAnswer, toChallengeAnswer, toTokenAnswer } from "./contract";

/** @throws AppError `invalid_credentials`, `cognito_unavailable`. */
export async function login({ email, password }: z.output<typeof Login>): Promise<SignInAnswer> {
  return answer(await signInWithPassword(email, password));
}

/** @throws AppError `password_rejected`, `challenge_expired`, `cognito_unavailable`. */
export async function answerNewPassword(input: z.output<typeof NewPassword>): Promise<SignInAnswer> {
  const { email: username, new_password: newPassword, session } = input;
  return answer(await respondWithNewPassword({ username, newPassword, session }));
}

/** @throws AppError `session_ended`, `invalid_request` (no username, and the client has a secret), `cognito_unavailable`. */
export async function refresh(input: z.output<typeof Refresh>): Promise<SignInAnswer> {
  return toTokenAnswer(await refreshTokens(input.refresh_token, input.username));
}

async function answer(outcome: SignInOutcome): Promise<SignInAnswer> {
  if (outcome.kind === "challenge") return toChallengeAnswer(outcome);
  return toTokenAnswer((await usableTokens(outcome.tokens)).tokens);
}
