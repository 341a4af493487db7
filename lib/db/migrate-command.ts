import { databaseSettings, EnvError } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { translateDatabaseError, UnfitDatabaseError } from "./errors";
import { explainRefusal } from "./fitness";
import { migratePostgres } from "./migrate";

try {
  const settings = databaseSettings();
  if (settings) {
    await migratePostgres(settings);
    log("info", "database.migrated");
  } else {
    log("info", "database.nothing_to_migrate", {
      reason: "DATABASE_URL is unset; PGlite migrates when it opens",
    });
  }
} catch (error) {
  const sentence = sentenceOf(explainRefusal(error));
  if (sentence === null) throw error;
  process.stderr.write(`Nothing was migrated. ${sentence}\n`);
  process.exitCode = 1;
}

/** For what the one who runs it can mend; null for a fault of ours, which keeps its stack. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof UnfitDatabaseError || error instanceof EnvError) return error.message;
  const cause = innermost(error);
  const message = cause.message || cause.name;
  if (translateDatabaseError(error) instanceof AppError) return `The database is not available: ${message}.`;
  const isOfServer = "severity" in cause && "code" in cause;
  return isOfServer ? `The database refuses it: ${message} (${cause.code}).` : null;
}

/** Drizzle wraps what the driver threw. */
function innermost(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
