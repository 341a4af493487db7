import type { LoggerInstance } from "next-auth";
import { log } from "../../log";

/** What Cognito's page may give as the reason (RFC 6749 section 4.1.2.1). */
const REASONS = new Set([
  "invalid_request",
  "unauthorized_client",
  "access_denied",
  "unsupported_response_type",
  "invalid_scope",
  "server_error",
  "temporarily_unavailable",
]);

/** Those that are told of already: NextAuth complains twice. */
const refusals = new WeakSet<object>();

/**
 * Puts on the log what NextAuth complains of. That the Hosted UI says no stands in the address, which anybody can make
 * up: that is one warning and no error, with none of its words.
 */
export const libraryLog: Pick<LoggerInstance, "error" | "warn"> = {
  error: (code, metadata) => {
    if (refusals.has(metadata)) return;
    if (!("error_description" in metadata) || !(metadata.error instanceof Error)) {
      log("error", "next_auth.error", { error_code: code, metadata });
      return;
    }
    refusals.add(metadata.error);
    const { message } = metadata.error;
    log("warn", "next_auth.refused", { reason: REASONS.has(message) ? message : "other" });
  },
  warn: (code) => log("warn", "next_auth.warning", { error_code: code }),
};
