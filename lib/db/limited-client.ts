import { Client, type ClientConfig } from "pg";
import { isGivenUp } from "./errors";

/** The server takes longer to say anything than a query may take: it is frozen, or nothing reaches it any more. */
export class SilentServerError extends Error {
  override name = "SilentServerError";
  readonly code = "ETIMEDOUT";
}

/**
 * A connection that is destroyed when an answer takes longer than `query_timeout`. The server's own
 * `statement_timeout` does not help against a server that is silent, and whatever is asked next on such a connection,
 * a ROLLBACK for example, would wait as long again.
 */
export class LimitedClient extends Client {
  constructor(config: ClientConfig) {
    super(config);
    const query = (...given: unknown[]) => {
      const answer: unknown = Reflect.apply(super.query, this, given);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((error: Error) => {
        if (!isGivenUp(error)) throw error;
        const silent = new SilentServerError(`The server said nothing for ${config.query_timeout} ms.`);
        this.destroy(silent);
        throw silent;
      });
    };
    this.query = query as typeof this.query;
    const connect = this.connect.bind(this) as (done: (error?: Error) => void) => void;
    // Where no password can be had, pg leaves the connection open.
    this.connect = ((done: (error?: Error) => void) =>
      connect((error) => {
        if (error) this.destroy(error);
        done(error);
      })) as typeof this.connect;
  }

  /** Ends the connection at once: a goodbye would wait for a server that does not answer. */
  destroy(why: Error): void {
    this.connection.stream.destroy(why);
  }
}
