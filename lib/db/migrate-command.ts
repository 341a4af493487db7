import { databaseSettings } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { translateDatabaseError, UnfitDatabaseError } from "./errors";
import { explainRefusal } from "./fitness";
import { migratePostgres } from "./migrate";

const settings = databaseSettings();
if (settings) {
  try {
    await migratePostgres(settings);
    log("info", "database.migrated");
  } catch (error) {
    const explained = explainRefusal(error);
    const isAway = translateDatabaseError(explained) instanceof AppError;
    if (!isAway) throw error;
    process.stderr.write(`Nothing was migrated. ${sentenceOf(explained)}\n`);
    process.exitCode = 1;
  }
} else {
  log("info", "database.nothing_to_migrate", {
    reason: "DATABASE_URL is unset; PGlite migrates when it opens",
  });
}

function sentenceOf(explained: unknown): string {
  if (explained instanceof UnfitDatabaseError) return explained.message;
  return `The database is not available: ${explained instanceof Error ? explained.message || explained.name : explained}.`;
}
