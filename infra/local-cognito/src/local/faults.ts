import { z } from "zod";

/** What can go wrong with a call that was asked to. */
export const faultInput = z.strictObject({
  /** An operation (`AdminInitiateAuth`), a path (`/oauth2/token`), a path's last part (`jwks.json`), or `*`. */
  target: z.string().min(1).max(200).default("*"),
  /**
   * slow: answered after `delayMs`. throttled: TooManyRequestsException, or 429 outside the API. error: 500.
   * reset: the connection ends without an answer, nothing done. half: done, but the answer breaks off half-way.
   */
  kind: z.enum(["slow", "throttled", "error", "reset", "half"]),
  /** How many calls it concerns. */
  times: z.number().int().min(1).max(100_000).default(1),
  delayMs: z.number().int().min(0).max(120_000).default(0),
});
export type Fault = z.output<typeof faultInput>;

/** The faults that wait for their calls, in the order in which they were ordered. */
export class Faults {
  private waiting: Fault[] = [];

  list(): Fault[] {
    return this.waiting;
  }

  add(fault: Fault): void {
    this.waiting.push({ ...fault });
  }

  clear(): void {
    this.waiting = [];
  }

  /** The fault that a call of these names meets, if any: it is used up by one. */
  take(names: string[]): Fault | undefined {
    const fault = this.waiting.find(({ target }) => target === "*" || names.includes(target));
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.waiting = this.waiting.filter((other) => other !== fault);
    return fault;
  }
}
