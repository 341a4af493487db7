import { join } from "node:path";

/** Where the migrations are when the application runs. */
export const MIGRATIONS = join(process.cwd(), "lib/db/migrations");
