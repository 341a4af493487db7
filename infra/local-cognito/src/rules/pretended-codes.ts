import { codeRefused } from "../model/failures";
import type { CodePurpose, CodeState } from "../model/user";
import { codeSent, codeTried } from "./code";

/** Enough for any test. Beyond that the oldest are forgotten, which does no harm. */
const KEPT = 10_000;

/**
 * For clients with PreventUserExistenceErrors: a name that does not exist behaves as one that does. It can be
 * "sent" codes, mistype them and run into the limits, and never gets one right. In memory only.
 */
export class PretendedCodes {
  private readonly states = new Map<string, CodeState>();

  /** @throws LimitExceededException */
  send(pretended: Pretended, validFor: number, now: number): void {
    const key = keyOf(pretended);
    const state = codeSent(this.states.get(key), { code: "", validFor }, now);
    this.keep(key, { ...state, hash: "the hash of no code" });
  }

  /** @throws always: CodeMismatchException, ExpiredCodeException or LimitExceededException */
  enter(pretended: Pretended, code: string, now: number): never {
    const key = keyOf(pretended);
    const { after, refusal } = codeTried(this.states.get(key), code, now);
    this.keep(key, after);
    throw refusal ?? codeRefused.mismatch();
  }

  clear(): void {
    this.states.clear();
  }

  private keep(key: string, state: CodeState): void {
    this.states.delete(key);
    this.states.set(key, state);
    const [oldest] = this.states.keys();
    if (this.states.size > KEPT && oldest !== undefined) this.states.delete(oldest);
  }
}

/** For what a code would be, and for whom. */
interface Pretended {
  purpose: CodePurpose;
  poolId: string;
  name: string;
}
const keyOf = ({ purpose, poolId, name }: Pretended) => JSON.stringify([purpose, poolId, name]);
