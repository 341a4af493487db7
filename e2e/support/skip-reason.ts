import { spawnSync } from "node:child_process";
import { findPostgres } from "../../infra/local/postgres-programs";
import { findTerraform } from "../../infra/local/terraform";
import { hasPgbouncer } from "../../infra/local/testing/pgbouncer";

/** Why nothing can be tried on PostgreSQL here, or null. */
export function withoutPostgres(): string | null {
  const programs = findPostgres();
  return "missing" in programs ? told(`the journeys on PostgreSQL, because ${programs.missing}`) : null;
}

/** Why nothing can be tried behind a pooler here, or null. */
export function withoutPgbouncer(): string | null {
  if (withoutPostgres() !== null) return "there is no PostgreSQL";
  return hasPgbouncer() ? null : told("the journeys behind a pooler, because there is no pgbouncer");
}

/** Why nothing can be tried with the AWS CLI here, or null. */
export function withoutAwsCli(): string | null {
  const { error } = spawnSync("aws", ["--version"], { stdio: "ignore" });
  return error ? told("the walk with the AWS CLI, because there is no aws in PATH") : null;
}

/** Why nothing can be made with Terraform here, or null. */
export function withoutTerraform(): string | null {
  const found = findTerraform();
  return "missing" in found ? told(`what Terraform makes, because ${found.missing}`) : null;
}

/** Why no process can be made the first of a namespace here, or null. */
export function withoutNamespaces(): string | null {
  const { status } = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"], { stdio: "ignore" });
  return status === 0 ? null : told("npm start as process number one, because unshare may not be used");
}

/** Where a build of the version before is, made by `npm run test:side-by-side`. */
export const previousVersion = () => process.env.PREVIOUS_VERSION;

/** Why the version before cannot be held against this one here, or null. */
export function withoutPreviousVersion(): string | null {
  return previousVersion()
    ? null
    : told("the version before beside this one: npm run test:side-by-side builds it");
}

/** Says it once: every test file is read by the runner, and then again by its workers. */
function told(reason: string): string {
  if (process.env.TEST_WORKER_INDEX === undefined) process.stdout.write(`skipped: ${reason}\n`);
  return reason;
}
