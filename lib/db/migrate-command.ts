import { databaseSettings } from "../env";
import { log } from "../log";
import { migratePostgres } from "./migrate";
import { sentenceOf } from "./sentence-of";

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
  const sentence = sentenceOf(error);
  if (sentence === null) throw error;
  process.stderr.write(`Nothing was migrated. ${sentence}\n`);
  process.exitCode = 1;
}
