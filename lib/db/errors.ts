import { AppError } from "../errors";

/** The database must not be used as it is, and waiting does not mend it. The message is one sentence, without secrets. */
export class UnfitDatabaseError extends Error {
  override name = "UnfitDatabaseError";

  /** By its name, as AppError: a route has another copy of the class than who opened the database. */
  static override [Symbol.hasInstance](value: unknown): value is UnfitDatabaseError {
    return value instanceof Error && value.name === "UnfitDatabaseError";
  }
}

/**
 * SQLSTATE classes and codes that mean "not now": connection, resources, shutdown, time-out, conflicts with others.
 * PostgreSQL, appendix A.
 */
const UNAVAILABLE_STATE = /^(08|53|57P0[1-5]|57014|25006|40001|40P01)/;
/** Taken back as a whole, because of what others did at the same time: the same once more may succeed. */
const CONFLICT_STATE = /^(40001|40P01)$/;
/** They say nothing of the next statement. */
const STATE_OF_ONE_STATEMENT = /^(57014|40001|40P01)$/;
/** The login is refused, or the database is not there any more: somebody is at work on the server. */
const UNFIT_STATE = /^(28|3D000)/;
const UNAVAILABLE_SYSTEM = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOSPC",
]);
/** pg reports these without any code. */
const UNAVAILABLE_TEXT = /connection terminated|timeout exceeded when trying to connect|not queryable/i;
/** The same, of a query that is over `query_timeout`. */
const GIVEN_UP = "Query read timeout";
const UNTRANSLATABLE_CHARACTER = "22021";
const RETRY_AFTER_SECONDS = 2;

/**
 * What a failed query means to a caller: AppError `database_unavailable` when the database cannot serve now,
 * `invalid_request` for text it cannot store; anything else as it came (a fault of ours).
 */
export function translateDatabaseError(error: unknown): unknown {
  for (const each of causes(error)) {
    if (each instanceof AppError) return each;
    const code = codeOf(each);
    if (code === UNTRANSLATABLE_CHARACTER) return new AppError("invalid_request", { cause: error });
    const isAway = UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SYSTEM.has(code);
    const isUnfit = UNFIT_STATE.test(code) || each instanceof UnfitDatabaseError;
    if (isAway || isUnfit || UNAVAILABLE_TEXT.test(each.message)) {
      return new AppError("database_unavailable", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
    }
  }
  return error;
}

/** Whether work was ended by a decision of ours, and not by the database; Drizzle may have wrapped it. */
export function isDecision(error: unknown): boolean {
  return [...causes(error)].some((each) => each instanceof AppError);
}

/** Whether PostgreSQL took a whole transaction back because of others (deadlock, serialization failure). */
export function isConflict(error: unknown): boolean {
  return hasState(error, CONFLICT_STATE);
}

/** Whether a failure says nothing of what is asked next: a conflict, or a statement that took too long. */
export function isOfOneStatement(error: unknown): boolean {
  return hasState(error, STATE_OF_ONE_STATEMENT);
}

/** Whether the server refuses the password: it may have been changed a moment ago. */
export function isWrongPassword(error: unknown): boolean {
  return hasState(error, /^28P01$/);
}

/** Whether pg waits no longer for an answer. It leaves the connection as it is, with the query still on it. */
export function isGivenUp(error: Error): boolean {
  return error.message === GIVEN_UP;
}

/** Whether something was asked on a connection that was broken before: what broke it says why. */
export function isAftermath(error: Error): boolean {
  return /not queryable/.test(error.message);
}

/** What a use case made of a failure is an answer, whatever the cause. */
function hasState(error: unknown, state: RegExp): boolean {
  if (error instanceof AppError) return false;
  return [...causes(error)].some((each) => state.test(codeOf(each)));
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Drizzle wraps what the driver threw, and Node groups the failures of several addresses. */
function* causes(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* causes(error.cause);
  if (error instanceof AggregateError) for (const each of error.errors) yield* causes(each);
}
