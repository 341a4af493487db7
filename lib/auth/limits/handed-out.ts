import { clientAddress } from "./client-address";
import { LIMITS } from "./limits";
import { accountKey, countersOf, counting, isMarked, mark } from "./rate-limit";

/** As long as the longest of what is handed out lives here: a refresh token (seconds). */
const REMEMBER_SECONDS = 30 * 24 * 60 * 60;

/** Remembers a refresh token, or the session of a step, that we gave to somebody. @throws AppError `database_unavailable`. */
export function rememberHandedOut(token: string | undefined): Promise<void> {
  return token === undefined ? Promise.resolve() : mark(accountKey(`handed out ${token}`), REMEMBER_SECONDS);
}

/**
 * Carries out what somebody wants for a token of Cognito alone. One that we handed out is counted by itself, so that
 * strangers who send junk from the same address keep nobody from theirs; anything else by the address. What succeeds is
 * counted too, far more generously: it costs Cognito as much.
 *
 * @throws AppError `rate_limited`, `database_unavailable`; what `work` throws.
 */
export async function withHandedOut<T>(headers: Headers, token: string, work: () => Promise<T>): Promise<T> {
  const { counts, by } = LIMITS.sign_in_step;
  const key = accountKey(`handed out ${token}`);
  const own = { prefix: "sign_in_step.known", by: "known", key, limit: by.address() } as const;
  const strangers = countersOf("sign_in_step", { address: clientAddress(headers) });
  const counters = (await isMarked(key)) ? [own] : strangers;
  const successes = countersOf("sign_in_success", { account: token });
  return counting(successes, "sent", () => counting(counters, counts, work));
}
