import type { QueryConfig, QueryResult } from "pg";
import type { LimitedClient } from "./limited-client";

type Waiting = {
  statement: QueryConfig;
  resolve: (result: QueryResult) => void;
  reject: (error: unknown) => void;
};

const NOTHING = { command: "", rowCount: null, oid: 0, fields: [], rows: [] } satisfies QueryResult;

/**
 * What Drizzle takes for a client while one transaction is under way. What is asked at the same time goes to the server
 * together, the first time with BEGIN and with whatever has to come before anything else.
 */
export class TransactionClient {
  readonly #client: LimitedClient;
  readonly #before: QueryConfig[];
  #begin: QueryConfig | null = null;
  #hasBegun = false;
  #waiting: Waiting[] = [];

  /** @param before what every transaction sets for itself. */
  constructor(client: LimitedClient, before: QueryConfig[]) {
    this.#client = client;
    this.#before = before;
  }

  query(query: QueryConfig, values?: unknown[]): Promise<QueryResult> {
    const statement = values === undefined ? query : { ...query, values };
    const asked = this.#ask(statement);
    if (!/^rollback$/i.test(statement.text)) return asked;
    // Why it is rolled back says more than why that failed.
    return asked.catch((error) => {
      this.#client.destroy(error);
      return NOTHING;
    });
  }

  #ask(statement: QueryConfig): Promise<QueryResult> {
    if (!this.#hasBegun) {
      if (/^begin/i.test(statement.text)) {
        this.#begin = statement;
        return Promise.resolve(NOTHING);
      }
      // Nothing was asked: there is nothing to be ended.
      if (this.#waiting.length === 0 && /^(commit|rollback)$/i.test(statement.text))
        return Promise.resolve(NOTHING);
    }
    return new Promise((resolve, reject) => {
      // After everything else that is to be asked in this turn: Drizzle comes by way of promises.
      if (this.#waiting.length === 0) process.nextTick(() => void this.#fly());
      this.#waiting.push({ statement, resolve, reject });
    });
  }

  async #fly(): Promise<void> {
    const flying = this.#waiting;
    this.#waiting = [];
    const before = this.#hasBegun || !this.#begin ? [] : [this.#begin, ...this.#before];
    this.#hasBegun = true;
    try {
      const results = await this.#client.fly([...before, ...flying.map(({ statement }) => statement)]);
      for (const [index, { resolve }] of flying.entries()) {
        resolve(results[before.length + index] ?? NOTHING);
      }
    } catch (error) {
      for (const { reject } of flying) reject(error);
    }
  }
}
