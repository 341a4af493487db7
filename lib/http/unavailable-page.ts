import { ERRORS, type ErrorCode } from "../errors";
import type { SharedWithServer } from "./front-door";

const RETRY_AFTER_SECONDS = 5;

/**
 * Lets a page answer 503 with Retry-After where Cognito or the database is away: Next answers 500 to whatever a page
 * throws, and asks nobody (RFC 9110, section 15.6.4).
 *
 * @param error as Next tells it: React may have made another object of it, with the same digest.
 */
export function answerUnavailable(error: unknown): void {
  const { digest, retryAfter = RETRY_AFTER_SECONDS } = error as { digest?: unknown; retryAfter?: number };
  if (typeof digest !== "string" || !Object.hasOwn(ERRORS, digest)) return;
  if (ERRORS[digest as ErrorCode][0] !== 503) return;
  (globalThis as SharedWithServer).sekishoServer?.unavailable(retryAfter);
}
