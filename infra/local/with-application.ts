import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { closeDatabase, database } from "@/lib/db/client";
import { UnfitDatabaseError } from "@/lib/db/errors";
import { EnvError } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { FolderLockedError } from "@/lib/folder-lock/folder-lock";
import { muteLog } from "@/lib/log";
import { Refusal } from "./refusal";
import { type UserPool, whyCognito } from "./user-pool";

/** Never a database by default: a new one would end nothing, and keep a record that nobody reads. @throws Refusal */
export function requireDatabase(): void {
  const { DATABASE_URL, DATA_DIR } = process.env;
  if (DATABASE_URL) return;
  if (!DATA_DIR) {
    throw new Refusal(
      "Set DATABASE_URL (or DATA_DIR, where the application runs on PGlite): what is open is ended there, and recorded.",
    );
  }
  if (!existsSync(join(DATA_DIR, "db", "pglite"))) {
    throw new Refusal(`DATA_DIR is ${DATA_DIR}, where no application has made a database.`);
  }
}

/**
 * Runs a command's work with the application's own parts, on this pool and the application's database.
 *
 * @throws Refusal for what of theirs a person can mend; what else `work` throws.
 */
export async function withApplication(pool: UserPool, work: () => Promise<void>): Promise<void> {
  setEnvironment(pool);
  muteLog();
  try {
    await database();
    await work();
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await closeDatabase();
  }
}

/** The environment that the application's own parts read. What of it is required and not used here may be missing. */
function setEnvironment({ id, endpoint }: UserPool): void {
  const { env: settings } = process;
  settings.COGNITO_USER_POOL_ID = id;
  settings.AWS_REGION = id.split("_")[0] ?? "";
  settings.COGNITO_APP_CLIENT_ID ||= "unused";
  settings.NEXTAUTH_URL ||= "http://localhost";
  settings.NEXTAUTH_SECRET ||= randomBytes(33).toString("base64");
  if (endpoint === undefined) return;
  // A profile would be asked before the two keys that a local Cognito takes.
  delete settings.AWS_PROFILE;
  Object.assign(settings, {
    COGNITO_ENDPOINT: endpoint,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  });
}

/** What a person can mend, in a sentence; anything else as it came. */
function asRefusal(error: unknown): unknown {
  const isSaid = [EnvError, FolderLockedError, UnfitDatabaseError].some((kind) => error instanceof kind);
  if (isSaid) return new Refusal((error as Error).message);
  if (!(error instanceof AppError)) return error;
  if (error.code === "database_unavailable") {
    return new Refusal(`The database is not available: ${deepest(error)}.`);
  }
  if (error.code === "cognito_unavailable") {
    return new Refusal(
      `${whyCognito(error.cause)} Do the same again later: what was begun is brought to its end.`,
    );
  }
  return new Refusal(
    error.cause === undefined ? error.message : `${error.message} ${whyCognito(error.cause)}`,
  );
}

function deepest(error: Error): string {
  if (error.cause instanceof Error) return deepest(error.cause);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
