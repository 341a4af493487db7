import { AppError } from "../errors";
import { log } from "../log";
import { isAftermath, isOfOneStatement, translateDatabaseError } from "./errors";

/** As long without another failure, and an outage is over: connections fail and succeed side by side at its end. */
const QUIET_MS = 5_000;

/** Says of an outage of the database once what caused it, however many requests fail, and once that it is over. */
export class Outage {
  #since: number | null = null;
  #lastFailure = 0;
  readonly #causes = new Set<string>();

  /** Takes note of a failure; one that does not mean that the database is away is none of ours. */
  failed(error: unknown): void {
    if (isOfOneStatement(error)) return;
    const translated = translateDatabaseError(error);
    if (!(translated instanceof AppError) || translated.code !== "database_unavailable") return;
    this.#lastFailure = Date.now();
    this.#since ??= this.#lastFailure;
    const cause = rootOf(error);
    if (this.#causes.has(cause.message) || isAftermath(cause)) return;
    this.#causes.add(cause.message);
    log("warn", "database.unavailable", { cause });
  }

  /** Takes note that the database has answered. */
  served(): void {
    if (this.#since === null || Date.now() - this.#lastFailure < QUIET_MS) return;
    log("info", "database.available", { seconds: Math.round((Date.now() - this.#since) / 1000) });
    this.#since = null;
    this.#causes.clear();
  }
}

/** Without what Drizzle put around it: the query, and the values that it was asked with. */
function rootOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
