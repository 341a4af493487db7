import type { AppClientName } from "../cognito/app-client";
import { type SignInOutcome, signInWithPassword, type Tokens } from "../cognito/sign-in";
import { AppError } from "../errors";
import { log } from "../log";
import { dropChallenge, keepChallenge, readChallenge } from "./challenge-cookie";
import { clientAddress } from "./client-address";
import type { CookieJar } from "./cookie-jar";
import { deviceOf, type OnNewDevice, rememberDevice } from "./device";
import { ChallengeForm, type Form, PasswordForm } from "./forms";
import { answerPending, pendingFrom } from "./pending-challenge";
import { limited } from "./rate-limit";
import { createSession } from "./session-store";
import { usableTokens } from "./usable-tokens";

/** The browser that is signing in: its cookies and headers, and whom to tell when it was not seen before. */
export type Browser = { jar: CookieJar; headers: Headers; onNewDevice: OnNewDevice };

/** What NextAuth's cookie will hold: never a token. */
export type SignedIn = { id: string; name: string; sessionId: string };

/** Cognito asks for a further step, which is kept in this browser's cookie. NextAuth knows only errors for that. */
export class ChallengeKept extends Error {
  override message = "challenge";
}

/**
 * The first step of our own form.
 *
 * @throws ChallengeKept; AppError `invalid_credentials`, `rate_limited`, `unsupported_challenge`, `cognito_unavailable`.
 */
export async function signInBrowser(browser: Browser, input: unknown): Promise<SignedIn> {
  const { email, password } = parseForm(PasswordForm, input);
  const attempt = { account: email, address: clientAddress(browser.headers) };
  const outcome = await limited(attempt, () => signInWithPassword(email, password));
  return goOn(browser, email, outcome);
}

/**
 * Every further step: what was typed answers the challenge that this browser keeps.
 *
 * @throws ChallengeKept; AppError `challenge_expired`, `code_rejected`, `password_rejected`, `rate_limited`, `cognito_unavailable`.
 */
export async function answerBrowserChallenge(browser: Browser, input: unknown): Promise<SignedIn> {
  const { answer } = parseForm(ChallengeForm, input);
  const pending = await readChallenge(browser.jar);
  if (!pending) throw new AppError("challenge_expired");
  const attempt = { account: pending.email, address: clientAddress(browser.headers) };
  return goOn(browser, pending.email, await limited(attempt, () => answerPending(pending, answer)));
}

/**
 * A session for tokens that Cognito gave: a new one at each sign-in, so that none planted before is ever used.
 *
 * @throws AppError as usableTokens and createSession do.
 */
export async function startSession(
  browser: Browser,
  name: string,
  fromCognito: Tokens,
  client: AppClientName,
): Promise<SignedIn> {
  const { tokens, principal } = await usableTokens(fromCognito, client);
  const { sub, username } = principal;
  const userAgent = (browser.headers.get("user-agent") ?? "").slice(0, 400);
  const address = clientAddress(browser.headers);
  const sessionId = await createSession({ sub, username, client, userAgent, address }, tokens);
  dropChallenge(browser.jar);
  log("info", "auth.signed_in", { sub, client });
  if (await rememberDevice(sub, deviceOf(browser.jar)))
    await browser.onNewDevice(principal, { userAgent, address });
  return { id: sub, name, sessionId };
}

async function goOn(browser: Browser, email: string, outcome: SignInOutcome): Promise<SignedIn> {
  if (outcome.kind === "tokens") return startSession(browser, email, outcome.tokens, "server");
  await keepChallenge(browser.jar, await pendingFrom(email, outcome.challenge));
  throw new ChallengeKept();
}

function parseForm<T>(form: Form<T>, input: unknown): T {
  const result = form.safeParse(input);
  if (!result.success) throw new AppError("invalid_credentials", { cause: "malformed form" });
  return result.data;
}
