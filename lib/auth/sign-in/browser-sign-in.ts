import type { Tokens } from "../../cognito/sign-in";
import { AppError, type ErrorCode } from "../../errors";
import type { Principal } from "../access/principal";
import type { SignInNumber } from "../endings/sign-in-order";
import { usableTokens } from "../endings/usable-tokens";
import { clientAddress } from "../limits/client-address";
import {
  dropChallenge,
  keepChallenge,
  type PendingChallenge,
  readChallenge,
} from "../session/challenge-cookie";
import type { CookieJar } from "../session/cookie-jar";
import { deviceOf } from "../session/device";
import { cookieName, readSessionCookie } from "../session/session-cookie";
import { createSession } from "../session/session-store";
import { type SingleSignOnTest, takeTest } from "../session/single-sign-on-test";
import { findLinked } from "../single-sign-on/accepted-users";
import { arrive } from "../single-sign-on/arrival";
import { finishTest, type TestResult } from "../single-sign-on/finish-test";
import { tenantBy } from "../single-sign-on/own-tenant";
import { isExternal } from "../single-sign-on/provider-name";
import { shownName } from "../tenancy/shown-name";
import { ChallengeForm, PasskeyForm, PasswordForm } from "./forms";
import { passkeyStep } from "./passkey";
import { takePassword } from "./password-way";
import { answerStep, pendingFrom } from "./pending-challenge";
import type { SignInObserver } from "./sign-in-observer";
import { enter, orRefused, type StepResult, takeStep, type Visitor } from "./step";

/** The browser that is signing in: its cookies and headers, and who is told of it. */
export type Browser = { jar: CookieJar; headers: Headers; observer: SignInObserver };

/** What NextAuth's cookie will hold: never a token. */
export type SignedIn = { id: string; name: string; sessionId: string };

/** A challenge is kept in this browser's cookie. */
export type BrowserResult = StepResult<SignedIn, PendingChallenge>;

/** The first step of our own form. @throws AppError as takeStep does; the same for all below. */
export async function signInBrowser(browser: Browser, input: unknown): Promise<BrowserResult> {
  const form = PasswordForm.safeParse(input);
  if (!form.success) return malformed();
  const { email, password } = form.data;
  return take(browser, { email, answers: null, take: () => takePassword(email, password) });
}

/**
 * Every further step: what was typed answers the challenge that this browser keeps. It is the one that the page was
 * about: in another tab, somebody else may have begun to sign in since, and theirs is kept.
 */
export async function answerBrowserChallenge(browser: Browser, input: unknown): Promise<BrowserResult> {
  const form = ChallengeForm.safeParse(input);
  if (!form.success) return malformed();
  const pending = await readChallenge(browser.jar);
  if (!pending) return { refused: new AppError("challenge_expired") };
  const { challenge: name, username, session } = pending;
  const { answer, email = pending.email, step = name } = form.data;
  if (email !== pending.email || step !== name) return { challenge: pending };
  return take(browser, { email, answers: name, take: () => answerStep({ name, username, session, answer }) });
}

/** A passkey's answer to what this browser was asked, instead of a password and a second step. */
export async function signInByPasskey(browser: Browser, input: unknown): Promise<BrowserResult> {
  const form = PasskeyForm.safeParse(input);
  if (!form.success) return malformed("passkey_rejected");
  const answered = await passkeyStep(browser, form.data);
  return "refused" in answered ? answered : take(browser, answered.step, "passkey");
}

/** What became of a sign-in at the Hosted UI. `tested`, `linked`: it signed nobody in. */
export type HostedResult =
  | Exclude<BrowserResult, { challenge: unknown }>
  | { tested: TestResult }
  | { linked: true };

/** What NextAuth brings from the Hosted UI. @param number its place, taken before its code was exchanged. */
export function enterFromHostedUi(
  browser: Browser,
  tokens: Tokens,
  number: SignInNumber,
): Promise<HostedResult> {
  return orRefused(async (): Promise<HostedResult> => {
    const address = clientAddress(browser.headers);
    const test = await begunTest(browser.jar);
    if (test) return { tested: await finishTest(test, tokens, address) };
    const arrival = await arrive(tokens, address);
    if ("linked" in arrival) {
      const { user, tenantId } = arrival.linked;
      await browser.observer.linked(user, tenantId, address);
      return { linked: true };
    }
    const taken = await usableTokens(arrival.tokens, number, "web");
    const email = arrival.email ?? taken.principal.email;
    const usable = { ...taken, principal: { ...taken.principal, email } };
    const isByProvider = isExternal(usable.principal) || (await findLinked(usable.principal.sub)) !== null;
    const visitor = visitorIn(browser, isByProvider ? "single_sign_on" : "hosted_ui");
    return { signedIn: await greeted(browser, await enter(visitor, usable, null)) };
  });
}

/** The test that whoever is signed in here began; somebody else who signs in means to. */
async function begunTest(jar: CookieJar): Promise<SingleSignOnTest | null> {
  const test = await takeTest(jar);
  const session = await readSessionCookie(jar.get(cookieName("session"))?.value);
  return test !== null && session?.sub === test.sub ? test : null;
}

async function take(
  browser: Browser,
  step: Parameters<typeof takeStep>[1],
  way: "form" | "passkey" = "form",
): Promise<BrowserResult> {
  const result = await takeStep(visitorIn(browser, way), step);
  return "signedIn" in result ? { signedIn: await greeted(browser, result.signedIn) } : result;
}

type Held = { principal: Principal; sessionId: string };

/** A session for tokens that Cognito gave: a new one at each sign-in, so that none planted before is ever used. */
function visitorIn(
  { jar, headers, observer }: Browser,
  way: "form" | "passkey" | "hosted_ui" | "single_sign_on",
): Visitor<Held, PendingChallenge> {
  return {
    way,
    headers,
    observer,
    async hold({ tokens, principal }, { userAgent, address }) {
      const { sub, username } = principal;
      const client = way === "hosted_ui" || way === "single_sign_on" ? "web" : "server";
      const tenant = tenantBy(principal, principal.tenantClaim);
      const sessionId = await createSession({ sub, username, client, userAgent, address, tenant }, tokens);
      dropChallenge(jar);
      return { principal, sessionId };
    },
    async ask(email, challenge) {
      const pending = await pendingFrom(email, challenge);
      await keepChallenge(jar, pending);
      return pending;
    },
    knownBy() {
      const device = deviceOf(jar);
      return { mark: device, device };
    },
  };
}

/** Their name is looked for last: it may have been put on record by the sign-in itself. */
async function greeted({ headers }: Browser, { principal, sessionId }: Held): Promise<SignedIn> {
  return { id: principal.sub, name: await shownName(principal, clientAddress(headers)), sessionId };
}

function malformed(code: ErrorCode = "invalid_credentials"): { refused: AppError } {
  return { refused: new AppError(code, { cause: "malformed form" }) };
}
