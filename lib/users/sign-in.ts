import type { z } from "zod";
import { clientAddress } from "../auth/client-address";
import { type OnNewDevice, rememberDevice } from "../auth/device";
import { limited } from "../auth/rate-limit";
import { usableTokens } from "../auth/usable-tokens";
import { authenticatorUri, beginAuthenticator, verifyAuthenticator } from "../cognito/authenticator";
import { refreshTokens } from "../cognito/refresh-tokens";
import {
  answerChallenge,
  finishAuthenticatorSetup,
  type SignInOutcome,
  signInWithPassword,
} from "../cognito/sign-in";
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

/** Where a sign-in of an API client comes from, and whom to tell when it was not seen before. */
export type ApiClient = { headers: Headers; onNewDevice: OnNewDevice };

/** @throws AppError `invalid_credentials`, `rate_limited`, `cognito_unavailable`. */
export function login(client: ApiClient, { email, password }: z.output<typeof Login>): Promise<SignInAnswer> {
  return attempt(client, email, () => signInWithPassword(email, password));
}

/** @throws AppError `password_rejected`, `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function answerNewPassword(
  client: ApiClient,
  { email, new_password: answer, session }: z.output<typeof NewPassword>,
): Promise<SignInAnswer> {
  return attempt(client, email, () =>
    answerChallenge({ name: "NEW_PASSWORD_REQUIRED", username: email, session, answer }),
  );
}

/** @throws AppError `code_rejected`, `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function answerMfa(client: ApiClient, input: z.output<typeof Mfa>): Promise<SignInAnswer> {
  const { email, code, session, challenge } = input;
  return attempt(client, email, async () => {
    if (challenge !== "MFA_SETUP") {
      return answerChallenge({ name: challenge, username: email, session, answer: code });
    }
    const verified = await verifyAuthenticator({ session }, code);
    return finishAuthenticatorSetup(email, verified ?? session);
  });
}

/** @throws AppError `challenge_expired`, `rate_limited`, `cognito_unavailable`. */
export function selectMfa(
  client: ApiClient,
  { email, session, answer }: z.output<typeof SelectMfa>,
): Promise<SignInAnswer> {
  return attempt(client, email, () =>
    answerChallenge({ name: "SELECT_MFA_TYPE", username: email, session, answer }),
  );
}

/** The secret for an authenticator app, and the session to answer `MFA_SETUP` with. @throws AppError `challenge_expired`, `cognito_unavailable`. */
export async function beginMfaSetup({
  email,
  session,
}: z.output<typeof BeginMfaSetup>): Promise<z.output<typeof MfaSetup>> {
  const begun = await beginAuthenticator({ session });
  return {
    secret_code: begun.secret,
    otpauth_uri: authenticatorUri(begun.secret, email),
    session: begun.session ?? session,
  };
}

/** @throws AppError `session_ended`, `invalid_request` (no username, and the client has a secret), `cognito_unavailable`. */
export async function refresh(input: z.output<typeof Refresh>): Promise<z.output<typeof TokenAnswer>> {
  return toTokenAnswer(await refreshTokens(input.refresh_token, input.username));
}

async function attempt(
  { headers, onNewDevice }: ApiClient,
  email: string,
  step: () => Promise<SignInOutcome>,
): Promise<SignInAnswer> {
  const address = clientAddress(headers);
  const outcome = await limited({ account: email, address }, step);
  if (outcome.kind === "challenge") return toChallengeAnswer(outcome);
  const { tokens, principal } = await usableTokens(outcome.tokens);
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 400);
  // No cookie marks an API client: it is the same one as long as its name and address are.
  const isNew = await rememberDevice(principal.sub, `api ${address} ${userAgent}`);
  if (isNew) await onNewDevice(principal, { userAgent, address });
  return toTokenAnswer(tokens);
}
