import type { AppClientName } from "../../cognito/app-client";
import { type SignInOutcome, signInWithPassword } from "../../cognito/sign-in";
import { AppError } from "../../errors";
import { log } from "../../log";
import { type Usable, usableTokens } from "../endings/usable-tokens";
import { clientAddress } from "../limits/client-address";
import {
  dropChallenge,
  keepChallenge,
  type PendingChallenge,
  readChallenge,
} from "../session/challenge-cookie";
import type { CookieJar } from "../session/cookie-jar";
import { deviceOf, rememberDevice } from "../session/device";
import { createSession } from "../session/session-store";
import { shownName } from "../tenancy/shown-name";
import { afterChallenge } from "./after-challenge";
import { type Answered, attemptOf, becomeKnown, signingIn } from "./attempt";
import { ChallengeForm, type Form, PasswordForm } from "./forms";
import { answerPending, pendingFrom } from "./pending-challenge";
import { observed, type SignInObserver, type SignInOrigin } from "./sign-in-observer";

/** The browser that is signing in: its cookies and headers, and who is told of it. */
export type Browser = { jar: CookieJar; headers: Headers; observer: SignInObserver };

/** What NextAuth's cookie will hold: never a token. */
export type SignedIn = { id: string; name: string; sessionId: string };

/** Cognito asks for a further step, which is kept in this browser's cookie. NextAuth knows only errors for that. */
export class ChallengeKept extends Error {
  override message = "challenge";
}

/**
 * The first step of our own form.
 *
 * @throws ChallengeKept; AppError `invalid_credentials`, `password_reset_required`, `rate_limited`, `unsupported_challenge`, `cognito_unavailable`.
 */
export async function signInBrowser(browser: Browser, input: unknown): Promise<SignedIn> {
  const { email, password } = parseForm(PasswordForm, input);
  const answer = await attempt(browser, email, () => signInWithPassword(email, password));
  return goOn(browser, { email, answered: null }, answer);
}

/**
 * Every further step: what was typed answers the challenge that this browser keeps. It is the one that the page was
 * about: in another tab, somebody else may have begun to sign in since.
 *
 * @throws ChallengeKept; AppError `challenge_expired`, `code_rejected`, `password_rejected`, `rate_limited`, `cognito_unavailable`.
 */
export async function answerBrowserChallenge(browser: Browser, input: unknown): Promise<SignedIn> {
  const { answer, email, step } = parseForm(ChallengeForm, input);
  const pending = await readChallenge(browser.jar);
  if (!pending) throw new AppError("challenge_expired");
  const isOther =
    (email ?? pending.email) !== pending.email || (step ?? pending.challenge) !== pending.challenge;
  if (isOther) throw new ChallengeKept();
  const { email: owner, challenge } = pending;
  return goOn(
    browser,
    { email: owner, answered: challenge },
    await attempt(browser, owner, () => answerPending(pending, answer)),
  );
}

function attempt(browser: Browser, email: string, step: () => Promise<SignInOutcome>): Promise<Answered> {
  const from = originOf(browser, "form");
  const who = attemptOf(browser.headers, email);
  return observed(browser.observer, email, from, () => signingIn(who, step));
}

function originOf({ headers }: Browser, way: SignInOrigin["way"]): SignInOrigin {
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 400);
  return { way, userAgent, address: clientAddress(headers) };
}

/**
 * A session for tokens that Cognito gave: a new one at each sign-in, so that none planted before is ever used.
 *
 * @param typed the account's name as our own form took it: the Hosted UI's may be an address that nobody has verified.
 * @throws AppError as createSession does.
 */
export async function startSession(
  browser: Browser,
  { tokens, principal }: Usable,
  client: AppClientName,
  typed: string | null = null,
): Promise<SignedIn> {
  const { sub, username } = principal;
  const from = originOf(browser, client === "web" ? "hosted_ui" : "form");
  const { userAgent, address } = from;
  const sessionId = await createSession({ sub, username, client, userAgent, address }, tokens);
  dropChallenge(browser.jar);
  log("info", "auth.signed_in", { sub, client });
  const device = deviceOf(browser.jar);
  const isNewDevice = await rememberDevice(sub, device);
  if (typed !== null) await becomeKnown({ account: typed, address, device });
  await browser.observer.signedIn(principal, { ...from, isNewDevice });
  return { id: sub, name: await shownName(principal, address), sessionId };
}

/** A step that Cognito has answered: of whose sign-in, and which challenge it met, if any. */
type Step = { email: string; answered: PendingChallenge["challenge"] | null };

async function goOn(
  browser: Browser,
  { email, answered }: Step,
  { outcome, number }: Answered,
): Promise<SignedIn> {
  if (outcome.kind === "tokens") {
    const usable = await usableTokens(outcome.tokens, number);
    if (answered) await afterChallenge(usable.principal, answered, browser);
    return startSession(browser, usable, "server", email);
  }
  await keepChallenge(browser.jar, await pendingFrom(email, outcome.challenge));
  throw new ChallengeKept();
}

function parseForm<T>(form: Form<T>, input: unknown): T {
  const result = form.safeParse(input);
  if (!result.success) throw new AppError("invalid_credentials", { cause: "malformed form" });
  return result.data;
}
