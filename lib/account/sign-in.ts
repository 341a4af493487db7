import type { z } from "zod";
import { renewedTokens } from "../auth/endings/usable-tokens";
import { rememberHandedOut, withHandedOut } from "../auth/limits/handed-out";
import { deviceIn } from "../auth/session/device";
import { type PasskeyUser, passkeyStep } from "../auth/sign-in/passkey";
import { takePassword } from "../auth/sign-in/password-way";
import { answerStep } from "../auth/sign-in/pending-challenge";
import type { SignInObserver } from "../auth/sign-in/sign-in-observer";
import { takeStep, type Visitor } from "../auth/sign-in/step";
import { authenticatorUri, beginAuthenticator } from "../cognito/authenticator";
import { findUser } from "../cognito/pool-users";
import type { Challenge, Tokens } from "../cognito/sign-in";
import { enabledFactors, type SecondFactor } from "../cognito/user-directory";
import type {
  AnswerPasskey,
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
  return answered(client, { email, answers: null, take: () => takePassword(email, password) });
}

/** @throws AppError `password_rejected`, `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function answerNewPassword(
  client: ApiClient,
  { email, new_password: answer, session }: z.output<typeof NewPassword>,
): Promise<SignInAnswer> {
  const name = "NEW_PASSWORD_REQUIRED";
  const take = () => answerStep({ name, username: email, session, answer });
  return answered(client, { email, answers: name, take });
}

/**
 * @throws AppError `code_rejected`, `challenge_expired` (also where none is named and another one was asked for),
 *   `rate_limited`, `cognito_unavailable`.
 */
export function answerMfa(client: ApiClient, input: z.output<typeof Mfa>): Promise<SignInAnswer> {
  const { email, code: answer, session, challenge } = input;
  const take = async () =>
    answerStep({ name: challenge ?? (await onlyFactor(email)), username: email, session, answer });
  return answered(client, { email, answers: challenge ?? null, take });
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
  const name = "SELECT_MFA_TYPE";
  const take = () => answerStep({ name, username: email, session, answer });
  return answered(client, { email, answers: name, take });
}

/**
 * @param client of a browser: it answers what it was asked itself, and no other one was.
 * @throws AppError `passkey_rejected`, `challenge_expired`, `rate_limited`, `cognito_unavailable`.
 */
export async function answerPasskey(
  client: ApiClient & PasskeyUser,
  input: z.output<typeof AnswerPasskey>,
): Promise<SignInAnswer> {
  const answer = await passkeyStep(client, input);
  if ("refused" in answer) throw answer.refused;
  return answered(client, answer.step);
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

async function answered(client: ApiClient, step: Parameters<typeof takeStep>[1]): Promise<SignInAnswer> {
  const result = await takeStep(visitorOf(client), step);
  if ("refused" in result) throw result.refused;
  return "signedIn" in result ? toTokenAnswer(result.signedIn) : toChallengeAnswer(result.challenge);
}

/** A program keeps what Cognito gave; we remember having handed it out. */
function visitorOf({ headers, observer }: ApiClient): Visitor<Tokens, Challenge> {
  return {
    way: "api",
    headers,
    observer,
    async hold({ tokens }) {
      await rememberHandedOut(tokens.refreshToken);
      return tokens;
    },
    async ask(_, challenge) {
      await rememberHandedOut(challenge.session);
      return challenge;
    },
    // No cookie marks an API client: it is the same one as long as its name and address are.
    knownBy: ({ address, userAgent }) => ({
      mark: deviceIn(headers),
      device: `api ${address} ${userAgent}`,
    }),
  };
}
