import { databaseUrl } from "../env";
import { log } from "../log";
import { migratePostgres } from "./migrate";

const url = databaseUrl();
if (url) {
  await migratePostgres(url);
  log("info", "database.migrated");
} else {
  log("info", "database.nothing_to_migrate", {
    reason: "DATABASE_URL is unset; PGlite migrates when it opens",
  });
}
