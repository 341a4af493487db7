import type { QueryConfig, QueryResult } from "pg";

type Waiting = {
  statement: QueryConfig;
  resolve: (result: QueryResult) => void;
  reject: (error: unknown) => void;
};

/** What Drizzle takes for a client, and that hands on together what is asked in one turn of the process. */
export class TurnClient {
  readonly #fly: (statements: QueryConfig[]) => Promise<QueryResult[]>;
  #waiting: Waiting[] = [];

  /** @param fly has statements carried out in one round trip, and gives what each gave. */
  constructor(fly: (statements: QueryConfig[]) => Promise<QueryResult[]>) {
    this.#fly = fly;
  }

  query(query: QueryConfig, values = query.values): Promise<QueryResult> {
    const statement = values === undefined ? query : { ...query, values };
    return new Promise((resolve, reject) => {
      // After everything else that is to be asked in this turn: Drizzle comes by way of promises.
      if (this.#waiting.length === 0) process.nextTick(() => void this.#flyAll());
      this.#waiting.push({ statement, resolve, reject });
    });
  }

  async #flyAll(): Promise<void> {
    const flying = this.#waiting;
    this.#waiting = [];
    try {
      const results = await this.#fly(flying.map(({ statement }) => statement));
      for (const [index, { resolve, reject }] of flying.entries()) {
        const result = results[index];
        if (result) resolve(result);
        else reject(new Error("the server did not answer"));
      }
    } catch (error) {
      for (const { reject } of flying) reject(error);
    }
  }
}
