import { AppError } from "../errors";

/** The database must not be used as it is, and waiting does not mend it. The message is one sentence, without secrets. */
export class UnfitDatabaseError extends Error {
  override name = "UnfitDatabaseError";
}

/** SQLSTATE classes and codes that mean "not now": connection, resources, shutdown, time-out. PostgreSQL, appendix A. */
const UNAVAILABLE_STATE = /^(08|53|57P0[1-5]|57014|25006)/;
/** The login is refused, or the database is not there any more: somebody is at work on the server. */
const UNFIT_STATE = /^(28|3D000)/;
const UNAVAILABLE_SYSTEM = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOSPC",
]);
/** pg reports these without any code. */
const UNAVAILABLE_TEXT = /connection terminated|timeout exceeded when trying to connect|not queryable/i;
const UNTRANSLATABLE_CHARACTER = "22021";
const RETRY_AFTER_SECONDS = 2;

/**
 * What a failed query means to a caller: AppError `database_unavailable` when the database cannot serve now,
 * `invalid_request` for text it cannot store; anything else as it came (a fault of ours).
 */
export function translateDatabaseError(error: unknown): unknown {
  for (const each of causes(error)) {
    if (each instanceof AppError) return each;
    const code = "code" in each && typeof each.code === "string" ? each.code : "";
    if (code === UNTRANSLATABLE_CHARACTER) return new AppError("invalid_request", { cause: error });
    const isAway = UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SYSTEM.has(code);
    const isUnfit = UNFIT_STATE.test(code) || each instanceof UnfitDatabaseError;
    if (isAway || isUnfit || UNAVAILABLE_TEXT.test(each.message)) {
      return new AppError("database_unavailable", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
    }
  }
  return error;
}

/** Drizzle wraps what the driver threw, and Node groups the failures of several addresses. */
function* causes(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* causes(error.cause);
  if (error instanceof AggregateError) for (const each of error.errors) yield* causes(each);
}
