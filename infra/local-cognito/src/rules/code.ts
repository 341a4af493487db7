import { codeRefused } from "../model/failures";
import type { CodeState } from "../model/user";
import { fingerprint } from "./fingerprint";

const HOUR_MS = 60 * 60_000;
/** Forgotten passwords: one hour. Everything else: a day (developer guide, "Quotas in Amazon Cognito"). */
export const CODE_VALIDITY_MS = { "forgotten-password": HOUR_MS, other: 24 * HOUR_MS };
/**
 * "5 to 20 attempts to request or enter a code within one hour, depending on the risk" (the same page). Here the
 * strict end of it for entering and the lenient one for requesting, which is what people do in development.
 */
const WRONG_PER_HOUR = 5;
const SENT_PER_HOUR = 20;

/**
 * The state after sending `code`, in place of any code before it.
 * @throws LimitExceededException
 */
export function codeSent(
  before: CodeState | undefined,
  sent: { code: string; validFor: number; value?: string | undefined },
  now: number,
): CodeState {
  const counted = counts(before, now);
  if (counted.sent >= SENT_PER_HOUR) throw codeRefused.limit();
  return {
    hash: fingerprint(sent.code),
    expiresAt: now + sent.validFor,
    value: sent.value,
    ...counted,
    sent: counted.sent + 1,
  };
}

/**
 * Tries a code. A right one is used up; after too many wrong ones even the right one is refused for the hour.
 * @returns the state to store, and why the code is refused, if it is.
 */
export function codeTried(
  before: CodeState | undefined,
  code: string,
  now: number,
): { after: CodeState; refusal?: Error } {
  const counted = counts(before, now);
  const after = { ...before, ...counted };
  if (counted.wrong >= WRONG_PER_HOUR) return { after, refusal: codeRefused.limit() };
  if (!before?.hash || (before.expiresAt ?? 0) <= now) return { after, refusal: codeRefused.expired() };
  if (before.hash !== fingerprint(code)) {
    return { after: { ...after, wrong: counted.wrong + 1 }, refusal: codeRefused.mismatch() };
  }
  return { after: counted };
}

function counts(state: CodeState | undefined, now: number): Pick<CodeState, "sent" | "wrong" | "since"> {
  if (!state || now - state.since >= HOUR_MS) return { sent: 0, wrong: 0, since: now };
  return { sent: state.sent, wrong: state.wrong, since: state.since };
}
