import { EnvError } from "../env";
import { AppError } from "../errors";
import { translateDatabaseError, UnfitDatabaseError } from "./errors";
import { explainRefusal } from "./fitness";

/** What the one who gives the owner's commands can mend, in a sentence; null for a fault of ours, which keeps its stack. */
export function sentenceOf(error: unknown): string | null {
  const explained = explainRefusal(error);
  if (explained instanceof UnfitDatabaseError || explained instanceof EnvError) return explained.message;
  const cause = innermost(explained);
  const message = cause.message || cause.name;
  if (translateDatabaseError(explained) instanceof AppError)
    return `The database is not available: ${message}.`;
  const isOfServer = "severity" in cause && "code" in cause;
  return isOfServer ? `The database refuses it: ${message} (${cause.code}).` : null;
}

/** Drizzle wraps what the driver threw. */
function innermost(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
