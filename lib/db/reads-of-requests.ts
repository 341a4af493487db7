import { DatabaseError, type QueryConfig, type QueryResult } from "pg";
import { currentRequest } from "../current-request";
import { guardsOwner } from "./guards";

type Fly = (statements: QueryConfig[]) => Promise<QueryResult[]>;
/** What one use case asks. */
type Asked = {
  statements: QueryConfig[];
  resolve: (results: QueryResult[]) => void;
  reject: (error: unknown) => void;
};

/**
 * Brings together what several use cases read for one request at the same time, as for the parts of a page: each by itself
 * would be a transaction, and take a connection.
 */
export class ReadsOfRequests {
  readonly #known = new WeakMap<object, Map<string | null, Fly>>();

  /** @param fly carries out what is asked of this tenant in one round trip. */
  of(tenantId: string | null, fly: Fly): Fly {
    // Guards of a request go along with what it asks, and with nothing that others wait for as well.
    const owner = guardsOwner() ?? currentRequest();
    if (!owner) return fly;
    const ofRequest = this.#known.get(owner) ?? new Map<string | null, Fly>();
    this.#known.set(owner, ofRequest);
    const known = ofRequest.get(tenantId) ?? gathering(fly);
    ofRequest.set(tenantId, known);
    return known;
  }
}

function gathering(fly: Fly): Fly {
  let waiting: Asked[] = [];
  const flyAll = async () => {
    const asked = waiting;
    waiting = [];
    try {
      const results = await fly(asked.flatMap(({ statements }) => statements));
      for (const { statements, resolve } of asked) resolve(results.splice(0, statements.length));
    } catch (error) {
      // What the server says of one statement is none of the others' business.
      const isOfOne = asked.length > 1 && error instanceof DatabaseError;
      for (const { statements, resolve, reject } of asked) {
        if (isOfOne) fly(statements).then(resolve, reject);
        else reject(error);
      }
    }
  };
  return (statements) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) process.nextTick(() => void flyAll());
      waiting.push({ statements, resolve, reject });
    });
}
