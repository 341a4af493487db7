import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { z } from "zod";
import { renewedTokens, usableTokens } from "../auth/endings/usable-tokens";
import { rememberHandedOut, withHandedOut } from "../auth/limits/handed-out";
import { rememberDevice } from "../auth/session/device";
import { afterChallenge } from "../auth/sign-in/after-challenge";
import { attemptOf, becomeKnown, signingIn } from "../auth/sign-in/attempt";
import { observed, type SignInObserver, type SignInOrigin } from "../auth/sign-in/sign-in-observer";
import { authenticatorUri, beginAuthenticator, verifyAuthenticator } from "../cognito/authenticator";
import { findUser } from "../cognito/pool-users";
import {
  answerChallenge,
  finishAuthenticatorSetup,
  type SignInOutcome,
  signInWithPassword,
} from "../cognito/sign-in";
import { enabledFactors, type SecondFactor } from "../cognito/user-directory";
import type {
  BeginMfaSetup,
  Login,
  Mfa,
  MfaSetup,
  NewPassword,
  Refresh,
  SelectMfa,
  SignInAnswer,
  TokenAnswer,
} from "./contract";
import { toChallengeAnswer, toTokenAnswer } from "./contract";

/** Where a sign-in of an API client comes from, and who is told of it. */
export type ApiClient = { headers: Headers; observer: SignInObserver };

/** @throws AppError `invalid_credentials`, `password_reset_required`, `rate_limited`, `cognito_unavailable`. */
export function login(client: ApiClient, { email, password }: z.output<typeof Login>): Promise<SignInAnswer> {
  return attempt(client, email, null, () => signInWithPassword(email, password));
}

/** @throws AppError `password_rejected`, `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function answerNewPassword(
  client: ApiClient,
  { email, new_password: answer, session }: z.output<typeof NewPassword>,
): Promise<SignInAnswer> {
  return attempt(client, email, "NEW_PASSWORD_REQUIRED", () =>
    answerChallenge({ name: "NEW_PASSWORD_REQUIRED", username: email, session, answer }),
  );
}

/**
 * @throws AppError `code_rejected`, `challenge_expired` (also where none is named and another one was asked for),
 *   `rate_limited`, `cognito_unavailable`.
 */
export function answerMfa(client: ApiClient, input: z.output<typeof Mfa>): Promise<SignInAnswer> {
  const { email, code, session } = input;
  return attempt(client, email, input.challenge ?? null, async () => {
    const challenge = input.challenge ?? (await onlyFactor(email));
    if (challenge !== "MFA_SETUP") {
      return answerChallenge({ name: challenge, username: email, session, answer: code });
    }
    const verified = await verifyAuthenticator({ session }, code);
    return finishAuthenticatorSetup(email, verified ?? session);
  });
}

/**
 * The factor whose code somebody gives without naming it. Of two the first is taken, and nobody is told that there are
 * two, or none, or no such user: anybody may ask.
 */
async function onlyFactor(email: string): Promise<SecondFactor> {
  const [factor = "SOFTWARE_TOKEN_MFA"] = await enabledFactors(email);
  return factor;
}

/** @throws AppError `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function selectMfa(
  client: ApiClient,
  { email, session, answer }: z.output<typeof SelectMfa>,
): Promise<SignInAnswer> {
  return attempt(client, email, "SELECT_MFA_TYPE", () =>
    answerChallenge({ name: "SELECT_MFA_TYPE", username: email, session, answer }),
  );
}

/** The secret for an authenticator app, and the session to answer `MFA_SETUP` with. @throws AppError `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export async function beginMfaSetup(
  headers: Headers,
  { email, session }: z.output<typeof BeginMfaSetup>,
): Promise<z.output<typeof MfaSetup>> {
  const begun = await withHandedOut(headers, session, () => beginAuthenticator({ session }));
  await rememberHandedOut(begun.session);
  return {
    secret_code: begun.secret,
    otpauth_uri: authenticatorUri(begun.secret, email),
    session: begun.session ?? session,
  };
}

/**
 * @param input with a secret of the client `username` is needed: Cognito's own, or the e-mail address, whose user is
 *   then looked up, as Cognito computes its hash over its own name.
 * @throws AppError `session_ended`, `invalid_request` (no username, and the client has a secret), `rate_limited`,
 *   `cognito_unavailable`.
 */
export async function refresh(
  headers: Headers,
  input: z.output<typeof Refresh>,
): Promise<z.output<typeof TokenAnswer>> {
  const renew = async () => renewedTokens(input.refresh_token, await cognitoName(input.username));
  const tokens = await withHandedOut(headers, input.refresh_token, renew);
  await rememberHandedOut(tokens.refreshToken ?? input.refresh_token);
  return toTokenAnswer(tokens);
}

async function cognitoName(given: string | undefined): Promise<string | undefined> {
  if (!given?.includes("@")) return given;
  return (await findUser(given))?.username ?? given;
}

async function attempt(
  { headers, observer }: ApiClient,
  email: string,
  answered: ChallengeNameType | null,
  step: () => Promise<SignInOutcome>,
): Promise<SignInAnswer> {
  const who = attemptOf(headers, email);
  const { address } = who;
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 400);
  const from: SignInOrigin = { way: "api", userAgent, address };
  const { outcome, number } = await observed(observer, email, from, () => signingIn(who, step));
  if (outcome.kind === "challenge") {
    await rememberHandedOut(outcome.challenge.session);
    return toChallengeAnswer(outcome);
  }
  const { tokens, principal } = await usableTokens(outcome.tokens, number);
  if (answered) await afterChallenge(principal, answered, { headers, observer });
  await Promise.all([becomeKnown(who), rememberHandedOut(tokens.refreshToken)]);
  // No cookie marks an API client: it is the same one as long as its name and address are.
  const isNewDevice = await rememberDevice(principal.sub, `api ${address} ${userAgent}`);
  await observer.signedIn(principal, { ...from, isNewDevice });
  return toTokenAnswer(tokens);
}
