import { databaseTls, isElsewhere } from "./database-address";
import { database } from "./db/client";
import { UnfitDatabaseError } from "./db/errors";
import { type Env, EnvError, env } from "./env";
import { AppError } from "./errors";
import { FolderLockedError } from "./folder-lock/folder-lock";
import { tableEnds } from "./housekeeping/ends";
import { requireKnownRetention } from "./housekeeping/retention";
import { frontDoor, type SharedWithServer } from "./http/front-door";
import { log } from "./log";
import { isPublishedSecret } from "./published-secret";
import { openTelemetry } from "./telemetry/open";

/**
 * Ends the process, saying why, when it could only run unsafely or not at all: a wrong environment, a database login
 * that no policy binds, a data folder in use. A database that is merely away is no reason: requests answer 503 until
 * it is back.
 */
export async function refuseUnfitStart(): Promise<void> {
  try {
    refusePublishedSecrets(env());
    await openTelemetry(env(), (message) => log("warn", "telemetry.troubled", { message })).catch(
      explainPort,
    );
    requireKnownRetention(await tableEnds());
    warnOfLooseSettings(env());
    await database();
  } catch (error) {
    if (error instanceof AppError) {
      log("warn", "start.database_unavailable", { error });
    } else if (
      error instanceof EnvError ||
      error instanceof UnfitDatabaseError ||
      error instanceof FolderLockedError
    ) {
      process.stderr.write(`Sekisho does not start. ${error.message}\n`);
      process.exit(1);
    } else {
      // Next would go on without what comes after, and answer 500 for ever.
      log("error", "start.failed", { error });
      process.exit(1);
    }
  }
}

/** What was ended here and is not confirmed by Cognito yet is tried again from now on, whoever began it. */
export { keepFinishing } from "./auth/endings/finish-endings";
/** What is past its time is deleted from now on. */
export { keepKeepingHouse } from "./housekeeping/housekeeping";
/** Tenants whose deletion was begun are deleted from now on. */
export { keepDeleting } from "./platform/finish-deletion";

/** Where it is wanted, fills a new database while the first requests come: nobody waits for it. */
export async function giveDemoData(): Promise<void> {
  if (!env().DEMO_DATA) return;
  try {
    await (await import("./platform/demo-data")).giveDemoData();
  } catch (error) {
    log("warn", "start.no_demo_data", { error });
  }
}

/**
 * Tells the server around Next what to let in. Ends the process where there is none, as under `next start`: nothing
 * would bound what strangers send.
 */
export function openFrontDoor(): void {
  const { sekishoServer } = globalThis as SharedWithServer;
  if (!sekishoServer) {
    process.stderr.write("Sekisho does not start. Use npm start: its server bounds what Next reads.\n");
    process.exit(1);
  }
  sekishoServer.open(frontDoor());
}

function explainPort(error: NodeJS.ErrnoException): never {
  if (error.syscall === undefined) throw error;
  throw new EnvError([`OTEL_EXPORTER_PROMETHEUS_PORT: cannot be listened on (${error.code})`]);
}

/** What env cannot look for on the edge. @throws EnvError. */
function refusePublishedSecrets(settings: Env): void {
  const faults = (["NEXTAUTH_SECRET", "NEXTAUTH_SECRET_PREVIOUS"] as const).filter((name) =>
    isPublishedSecret(settings[name] ?? ""),
  );
  if (faults.length > 0) {
    throw new EnvError(faults.map((name) => `${name}: can be guessed: openssl rand -base64 33`));
  }
}

/** What is allowed and yet should not go unnoticed. */
function warnOfLooseSettings(settings: Env): void {
  const { TENANT_STRICT, DATABASE_URL, DATABASE_LISTEN_URL, COGNITO_NO_GROUP_ROLE } = settings;
  const isInTheClear = [DATABASE_URL, DATABASE_LISTEN_URL].some(
    (url) =>
      url !== undefined && isElsewhere(url) && databaseTls({ ...settings, DATABASE_URL: url }) === "disable",
  );
  if (isInTheClear) {
    log("warn", "start.database_in_the_clear", {
      hint: "DATABASE_TLS=disable: whoever is on the way to the database reads along",
    });
  }
  if (COGNITO_NO_GROUP_ROLE === "member") {
    log("warn", "start.no_group_may_write", {
      hint: "COGNITO_NO_GROUP_ROLE=member: whoever loses their groups may write; put members into the group member",
    });
  }
  if (!TENANT_STRICT) {
    log("warn", "start.operators_act_anywhere", {
      hint: "TENANT_STRICT=0 lets operators act in every tenant",
    });
  }
}
