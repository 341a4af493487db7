import type { SignInOutcome } from "../../cognito/sign-in";
import { beginSignIn, type SignInNumber } from "../endings/sign-in-order";
import { clientAddress, UNKNOWN_ADDRESS } from "../limits/client-address";
import { knownMark, rememberMarks } from "../limits/known-callers";
import { LIMITS } from "../limits/limits";
import { accountKey, type Counter, countersOf, counting } from "../limits/rate-limit";
import { deviceIn } from "../session/device";

/** Somebody who names an account and has not proved to be its owner, and by what they may be known. */
export type Attempt = { account: string; address: string; device: string | null };

/** What anybody can fail in anybody's name. */
type OpenToAnybody = "sign_in" | "recovery" | "recovery_mail" | "text_message" | "sign_in_success";

/** Who tries, as the headers of the request tell. */
export function attemptOf(headers: Headers, account: string): Attempt {
  return { account, address: clientAddress(headers), device: deviceIn(headers) };
}

/**
 * Carries out what names an account, as one of the few tries that there are. A browser or an address that has signed in
 * to this account before has tries of its own: strangers who fail in somebody's name do not keep their owner out, and
 * what many fail at one address does not either (OWASP, "Device cookies").
 *
 * @throws AppError `rate_limited`, `database_unavailable`; what `work` throws.
 */
export async function attempting<T>(
  name: OpenToAnybody,
  attempt: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  const countersFor = await ownOrStrangers(attempt);
  return counting(countersFor(name), LIMITS[name].counts, work);
}

/** What Cognito answered to a step, and the step's place among what begins and ends: see usableTokens. */
type Answered = { outcome: SignInOutcome; number: SignInNumber };

/** A step of signing in, which may have a code texted. @throws as `attempting` and beginSignIn. */
export async function signingIn(attempt: Attempt, step: () => Promise<SignInOutcome>): Promise<Answered> {
  const countersFor = await ownOrStrangers(attempt);
  const isTexted = ({ outcome }: Answered) => "challenge" in outcome && outcome.challenge.name === "SMS_MFA";
  const numbered = async () => {
    const number = await beginSignIn();
    return { number, outcome: await step() };
  };
  const tried = () => counting(countersFor("sign_in"), "failures", numbered);
  const texted = () => counting(countersFor("text_message"), "sent", tried, isTexted);
  return counting(countersFor("sign_in_success"), "sent", texted);
}

/** From now on they are known at this account: they have signed in to it. @throws AppError `database_unavailable`. */
export function becomeKnown(attempt: Attempt): Promise<void> {
  return rememberMarks(accountKey(attempt.account), marksOf(attempt));
}

/** The counters of each limit for whoever tries: their own where they are known. */
async function ownOrStrangers(attempt: Attempt): Promise<(name: OpenToAnybody) => Counter[]> {
  const account = accountKey(attempt.account);
  const known = await knownMark(account, marksOf(attempt));
  return (name) => (known === null ? strangers(name, attempt) : [ownCounter(name, account, known)]);
}

function strangers(name: OpenToAnybody, { account, address }: Attempt): Counter[] {
  if (name === "sign_in_success") return countersOf(name, { account });
  if (name === "text_message") return countersOf(name, { recipient: account });
  if (name === "recovery_mail") return countersOf(name, { recipient: account, address });
  return countersOf(name, { account, address });
}

function ownCounter(name: OpenToAnybody, account: string, mark: string): Counter {
  const { by } = LIMITS[name];
  const limit = "recipient" in by ? by.recipient() : by.account();
  return { prefix: `${name}.known`, by: "account", key: accountKey(`${account} ${mark}`), limit };
}

/** A cookie tells a browser; who has none is told by where they are, where that is known. */
function marksOf({ device, address }: Attempt): string[] {
  return [
    ...(device === null ? [] : [`browser ${device}`]),
    ...(address === UNKNOWN_ADDRESS ? [] : [`at ${address}`]),
  ];
}
