import { type Connection, Query, type QueryConfig, type QueryResult, type Submittable } from "pg";
import type { StatementNames } from "./statement-names";

/** What pg's own queries hear of the server; its client passes it on to whatever was submitted. */
type Hearing = {
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
};
type Part = Query & Hearing & { name: string | undefined };
/** What the driver knows of its connection: the named statements that it has sent. */
type Sending = Connection & {
  submittedNamedStatements: Record<string, string>;
  close(what: { type: "S"; name: string }): void;
};

/**
 * Statements that go to the server together, with one Sync at their end: one round trip, however many they are. They are
 * one transaction, unless one of them begins or ends a block; the server passes over what comes after one that fails.
 * PostgreSQL, "Frontend/Backend Protocol", Pipelining.
 */
export class Flight implements Submittable, Hearing {
  /** pg's client wraps it for its time limit. */
  callback: (error: Error | null, results?: QueryResult[]) => void;
  readonly #results: QueryResult[] = [];
  readonly #parts: Part[];
  #answered = 0;
  #fault: Error | null = null;
  /** Names that the server had not heard before. */
  #newNames: string[] = [];

  /** @param names of statements, for where the same server hears the next flight too; null behind a pooler. */
  constructor(
    statements: QueryConfig[],
    names: StatementNames | null,
    done: (error: Error | null, results?: QueryResult[]) => void,
  ) {
    this.callback = done;
    this.#parts = statements.map((statement) => {
      // Without parameters pg would send it by itself, in the simple protocol.
      const config = { ...statement, name: names?.nameOf(statement.text), queryMode: "extended" };
      return new Query(config, (error, result) => {
        if (error) this.#fault = error;
        else this.#results.push(result);
      }) as Part;
    });
  }

  submit(connection: Connection): void {
    const { stream, submittedNamedStatements: sent } = connection as Sending;
    const messages: Buffer[] = [];
    // To write dozens of them one by one takes longer than to put them together.
    const keeping = { writable: true, write: (message: Buffer) => messages.push(message) };
    const collecting = Object.create(connection, {
      stream: { value: keeping },
      sync: { value: () => undefined },
    });
    this.#newNames = this.#parts.flatMap(({ name }) => (name === undefined || name in sent ? [] : name));
    for (const part of this.#parts) part.submit(collecting);
    // A value that cannot be sent: the rest must not be carried out without it.
    if (this.#fault) return void stream.destroy(this.#fault);
    connection.sync.call(collecting);
    if (stream.writable) stream.write(Buffer.concat(messages));
  }

  handleRowDescription(message: unknown): void {
    this.#current().handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.#current().handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#current().handleCommandComplete(message, connection);
    this.#answered += 1;
  }

  handleEmptyQuery(connection: Connection): void {
    this.#current().handleEmptyQuery(connection);
    this.#answered += 1;
  }

  handleError(error: Error, connection: Connection): void {
    this.#forget(connection as Sending);
    this.callback(error);
  }

  handleReadyForQuery(connection: Connection): void {
    for (const part of this.#parts) part.handleReadyForQuery(connection);
    if (this.#fault) this.callback(this.#fault);
    else this.callback(null, this.#results);
  }

  /** Of one that failed nobody knows which names the server came to; to close one that it does not know is no error. */
  #forget(connection: Sending): void {
    if (!connection.stream.writable) return;
    for (const name of this.#newNames) {
      delete connection.submittedNamedStatements[name];
      connection.close({ type: "S", name });
    }
  }

  #current(): Part {
    const part = this.#parts[this.#answered];
    if (!part) throw new Error("the server answered more than it was asked");
    return part;
  }
}
