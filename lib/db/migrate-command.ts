import { databaseUrl } from "../env";
import { log } from "../log";
import { UnfitDatabaseError } from "./errors";
import { explainRefusal } from "./fitness";
import { migratePostgres } from "./migrate";

const url = databaseUrl();
if (url) {
  try {
    await migratePostgres(url);
    log("info", "database.migrated");
  } catch (error) {
    const explained = explainRefusal(error);
    if (!(explained instanceof UnfitDatabaseError)) throw error;
    process.stderr.write(`Nothing was migrated. ${explained.message}\n`);
    process.exitCode = 1;
  }
} else {
  log("info", "database.nothing_to_migrate", {
    reason: "DATABASE_URL is unset; PGlite migrates when it opens",
  });
}
