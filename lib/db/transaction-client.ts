import type { QueryConfig, QueryResult } from "pg";
import type { LimitedClient } from "./limited-client";
import { TurnClient } from "./turn-client";

const NOTHING = { command: "", rowCount: null, oid: 0, fields: [], rows: [] } satisfies QueryResult;

/** What goes before the first statement of a transaction, and who looks at its answers before anybody else does. */
export type Opening = { statements: QueryConfig[]; judge: (results: QueryResult[]) => void };

/**
 * What Drizzle takes for a client while one transaction is under way. What is asked at the same time goes to the server
 * together, the first time with BEGIN and with whatever has to come before anything else.
 */
export class TransactionClient {
  readonly #client: LimitedClient;
  readonly #opening: Opening;
  readonly #turns: TurnClient;
  #begin: QueryConfig | null = null;
  #hasAsked = false;

  constructor(client: LimitedClient, opening: Opening) {
    this.#client = client;
    this.#opening = opening;
    this.#turns = new TurnClient((statements) => this.#fly(statements));
  }

  query(query: QueryConfig & { text: string }, values?: unknown[]): Promise<QueryResult> {
    const isRollback = /^rollback$/i.test(query.text);
    if (!this.#hasAsked && !this.#begin) {
      this.#begin = query;
      return Promise.resolve(NOTHING);
    }
    // Nothing was asked: there is nothing to be ended.
    if (!this.#hasAsked && (isRollback || /^commit$/i.test(query.text))) return Promise.resolve(NOTHING);
    this.#hasAsked = true;
    const asked = this.#turns.query(query, values);
    if (!isRollback) return asked;
    // Why it is rolled back says more than why that failed.
    return asked.catch((error) => {
      this.#client.destroy(error);
      return NOTHING;
    });
  }

  async #fly(statements: QueryConfig[]): Promise<QueryResult[]> {
    if (!this.#begin) return this.#client.fly(statements);
    const opening = [this.#begin, ...this.#opening.statements];
    this.#begin = null;
    const results = await this.#client.fly([...opening, ...statements], statements);
    this.#opening.judge(results.slice(1));
    return results.slice(opening.length);
  }
}
