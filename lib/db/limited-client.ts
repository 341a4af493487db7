import { Client, type ClientConfig, type QueryConfig, type QueryResult } from "pg";
import { calling } from "../calling";
import { flightName } from "../telemetry/statement";
import { isGivenUp } from "./errors";
import { Flight } from "./flight";
import type { StatementNames } from "./statement-names";

/** The server takes longer to say anything than a query may take: it is frozen, or nothing reaches it any more. */
export class SilentServerError extends Error {
  override name = "SilentServerError";
  readonly code = "ETIMEDOUT";
}

/** `names`: of statements, where the connection is one server's own. */
export type LimitedConfig = ClientConfig & { names?: StatementNames | null };

/**
 * A connection that is destroyed when an answer takes longer than `query_timeout`. The server's own
 * `statement_timeout` does not help against a server that is silent, and whatever is asked next on such a connection,
 * a ROLLBACK for example, would wait as long again.
 */
export class LimitedClient extends Client {
  readonly #limitMs: number;
  readonly #names: StatementNames | null;

  constructor(config: LimitedConfig) {
    super(config);
    this.#limitMs = Number(config.query_timeout);
    this.#names = config.names ?? null;
    const connect = this.connect.bind(this) as (done: (error?: Error) => void) => void;
    // Where no password can be had, pg leaves the connection open.
    this.connect = ((done: (error?: Error) => void) =>
      connect((error) => {
        if (error) this.destroy(error);
        done(error);
      })) as typeof this.connect;
  }

  /**
   * Has statements carried out in one round trip, as `Flight` says.
   *
   * @param asked those of them that the flight is for, and called by.
   * @returns what each gave.
   * @throws what the server says of the one that failed; SilentServerError.
   */
  fly(statements: QueryConfig[], asked = statements): Promise<QueryResult[]> {
    const name = () => flightName((asked.length > 0 ? asked : statements).map(({ text }) => text));
    return calling("database", name, () => this.#fly(statements));
  }

  async #fly(statements: QueryConfig[]): Promise<QueryResult[]> {
    try {
      return await new Promise((resolve, reject) => {
        this.query(
          new Flight(statements, this.#names, (error, results) =>
            error ? reject(error) : resolve(results ?? []),
          ),
        );
      });
    } catch (error) {
      if (!(error instanceof Error) || !isGivenUp(error)) throw withOwnStack(error);
      const silent = new SilentServerError(`The server said nothing for ${this.#limitMs} ms.`);
      this.destroy(silent);
      throw silent;
    }
  }

  /** Ends the connection at once: a goodbye would wait for a server that does not answer. */
  destroy(why: Error): void {
    this.connection.stream.destroy(why);
  }
}

/** The driver makes an error where it reads the answer, which tells nobody who asked. */
function withOwnStack(error: unknown): unknown {
  if (error instanceof Error) Error.captureStackTrace(error, withOwnStack);
  return error;
}
