import { currentRequest } from "../current-request";
import { ERRORS, type ErrorCode } from "../errors";
import { log } from "../log";

const RETRY_AFTER_SECONDS = 5;

/**
 * Puts on the log what a page threw, and lets it answer 503 with Retry-After where Cognito or the database is away, 429
 * where its reader asked for too much: Next answers 500 to whatever a page throws, and asks nobody (RFC 9110, section
 * 15.6.4; RFC 6585, section 4).
 *
 * @param error as Next tells it: React may have made another object of it, with the same digest.
 */
export function pageFailed(error: unknown): void {
  const current = currentRequest();
  const { digest, retryAfter = RETRY_AFTER_SECONDS } = Object(error) as {
    digest?: string;
    retryAfter?: number;
  };
  const code = Object.hasOwn(ERRORS, digest ?? "") ? (digest as ErrorCode) : "internal";
  const [status] = ERRORS[code];
  const passes = status === 503 || status === 429;
  if (current) current.code = code;
  if (passes) current?.answerThatItPasses?.(status, retryAfter);
  log(status === 429 ? "warn" : "error", "http.page_failed", {
    route: current?.route,
    code,
    // What took it away is said once, not by every request meanwhile.
    ...(!passes && { cause: error }),
  });
}
